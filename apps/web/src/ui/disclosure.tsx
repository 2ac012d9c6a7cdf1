import { UnstyledButton } from '@mantine/core'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import classes from './disclosure.module.css'

type DisclosureProps = {
  /** The button's name, where its content alone does not say it. */
  label?: string
  trigger: ReactNode
  triggerClass?: string | undefined
  children: (close: () => void) => ReactNode
}

/**
 * A button that shows a panel under it: links, buttons and choices, reached with Tab like everything else on the page.
 * Escape, a click elsewhere and leaving it close it. Far lighter than a menu, and nobody has to know menus' own keys.
 */
export function Disclosure({ label, trigger, triggerClass, children }: DisclosureProps) {
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  const closeAndReturn = () => {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    event.stopPropagation()
    closeAndReturn()
  }
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!root.current?.contains(relatedTarget)) setOpen(false)
  }
  return (
    <div ref={root} className={classes['root']} onKeyDown={onKeyDown} onBlur={onBlur}>
      <UnstyledButton
        className={triggerClass ?? ''}
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {trigger}
      </UnstyledButton>
      {isOpen && (
        // Focusable, so that a click between its controls does not count as leaving it.
        <div id={id} tabIndex={-1} className={classes['panel']} data-heading>
          {children(closeAndReturn)}
        </div>
      )}
    </div>
  )
}
