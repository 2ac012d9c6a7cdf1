import { Progress } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useId, useRef, useState } from 'react'
import { formatBytes } from '../lib/dates.ts'
import classes from './file-drop.module.css'

type FileDropProps = {
  label: string
  maxBytes: number
  onFile: (file: File) => void
  accept?: string
  /** The part sent so far, from 0 to 1, while a file is on its way. */
  progress?: number | null
  /** The name of the file chosen. */
  fileName?: string | null
}

/** Takes a file by drag and drop or through the file dialog. Too large files are refused before they are sent. */
export function FileDrop({
  label,
  maxBytes,
  onFile,
  accept,
  progress = null,
  fileName = null,
}: FileDropProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  const take = (file: File | undefined) => {
    if (!file) return
    const isTooLarge = file.size > maxBytes
    setRefusal(
      isTooLarge
        ? `${file.name} has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} can be uploaded.`
        : null,
    )
    if (!isTooLarge) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div>
      <label
        className={classes['zone']}
        data-over={isOver || undefined}
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileUpload size={22} aria-hidden />
        <span>
          <span className={classes['label']}>{label}</span>
          <span className={classes['hint']}>
            {fileName ?? `Drop a file here or choose one, up to ${formatBytes(maxBytes)}`}
          </span>
        </span>
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          className={classes['input']}
          aria-describedby={refusal === null ? undefined : `${id}-refusal`}
          aria-invalid={refusal === null ? undefined : true}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // Choosing the same file again is a change, too.
            event.currentTarget.value = ''
          }}
        />
      </label>
      {refusal !== null && (
        <p id={`${id}-refusal`} role="alert" className={classes['refusal']}>
          {refusal}
        </p>
      )}
      {progress !== null && <Progress mt="xs" value={progress * 100} aria-label="Uploaded so far" />}
    </div>
  )
}
