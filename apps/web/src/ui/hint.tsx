import { ActionIcon } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import classes from './hint.module.css'
import { placeUnder } from './place-under.ts'

/** An ⓘ that explains the word beside it. The bubble lies above everything, so that a scrolling table does not cut it. */
export function Hint({ about, children }: { about: string; children: string }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const bubble = useRef<HTMLDivElement>(null)

  const place = () => {
    if (button.current && bubble.current) placeUnder(button.current, bubble.current, 'start')
  }
  return (
    <>
      <ActionIcon
        ref={button}
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`About ${about}`}
        popoverTarget={id}
      >
        <IconInfoCircle size={15} aria-hidden />
      </ActionIcon>
      <div
        ref={bubble}
        id={id}
        popover="auto"
        role="note"
        className={classes['bubble']}
        onBeforeToggle={() => requestAnimationFrame(place)}
      >
        {children}
      </div>
    </>
  )
}
