import { ActionIcon } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import classes from './hint.module.css'

/** An ⓘ that explains the word beside it. The bubble lies above everything, so that a scrolling table does not cut it. */
export function Hint({ about, children }: { about: string; children: string }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const bubble = useRef<HTMLDivElement>(null)

  const place = () => {
    if (!button.current || !bubble.current) return
    const { left, bottom } = button.current.getBoundingClientRect()
    const furthest = document.documentElement.clientWidth - bubble.current.offsetWidth - 8
    bubble.current.style.left = `${Math.max(8, Math.min(left, furthest))}px`
    bubble.current.style.top = `${bottom + 4}px`
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
      <div ref={bubble} id={id} popover="auto" role="note" className={classes['bubble']} onToggle={place}>
        {children}
      </div>
    </>
  )
}
