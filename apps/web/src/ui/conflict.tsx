import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Banner } from './banner.tsx'
import classes from './conflict.module.css'
import { useFocusReturn } from './use-focus-return.ts'

type ConflictProps = {
  /** What has changed, in a sentence. */
  message: string
  /** How it is now, in a sentence. */
  now?: string
  isBusy: boolean
  onKeepNewer: () => void
  onAnyway: () => void
}

/** Somebody else was faster: says what is there now and lets the user choose (D-21). Takes the focus until they have. */
export function Conflict({ message, now, isBusy, onKeepNewer, onAnyway }: ConflictProps) {
  const box = useRef<HTMLDivElement>(null)
  useFocusReturn(true, 'alert')
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} role="alert" className={classes['root']} data-heading>
      <Banner
        tone="warning"
        extra={
          <>
            <Button size="compact-sm" disabled={isBusy} onClick={onKeepNewer}>
              Keep the newer state
            </Button>
            <Button size="compact-sm" variant="default" loading={isBusy} onClick={onAnyway}>
              Save mine anyway
            </Button>
          </>
        }
      >
        {message}
        {now !== undefined && ` ${now}`}
      </Banner>
    </div>
  )
}
