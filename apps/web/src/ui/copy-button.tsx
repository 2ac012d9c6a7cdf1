import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { announce } from './live-region.tsx'

type CopyButtonProps = {
  value: string
  /** What is copied, as in "Integration Pack ID": becomes part of the button's name. */
  what: string
  label?: string
}

export function CopyButton({ value, what, label = 'Copy' }: CopyButtonProps) {
  const { copied, copy } = useClipboard({ timeout: 2000 })
  const words = copied ? 'Copied' : label
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      aria-label={`${words} ${what}`}
      onClick={() => {
        copy(value)
        announce(`${what} copied`)
      }}
    >
      {words}
    </Button>
  )
}
