import { UnstyledButton } from '@mantine/core'
import { type FocusEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import classes from './disclosure.module.css'
import { isInView, placeUnder } from './place-under.ts'

type DisclosureProps = {
  /** The button's name, where its content alone does not say it. */
  label?: string
  trigger: ReactNode
  triggerClass?: string | undefined
  /** Which edge of the button the panel keeps to. */
  side?: 'start' | 'end'
  /** For sentences rather than for names of things. */
  isWide?: boolean
  children: (close: () => void) => ReactNode
}

/**
 * A button that shows a panel under it: links, buttons and choices, reached with Tab like everything else on the page.
 * Escape, a click elsewhere and leaving it close it; the browser does most of that. It lies above everything, so that
 * no scrolling table cuts it, and goes along with its button as long as that is to be seen. Far lighter than a menu, and nobody has to know menus' own keys.
 */
export function Disclosure({
  label,
  trigger,
  triggerClass,
  side = 'end',
  isWide = false,
  children,
}: DisclosureProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = () => panel.current?.hidePopover()

  useLayoutEffect(() => {
    if (!isOpen) return undefined
    const place = () => {
      if (!button.current || !panel.current) return
      if (isInView(button.current)) placeUnder(button.current, panel.current, side)
      else panel.current.hidePopover()
    }
    // The panel has its size once it is shown, a moment after its content is there and before it is painted.
    const frame = requestAnimationFrame(place)
    const onScroll = ({ target }: Event) => {
      // A long panel's own scrolling moves nothing.
      if (!(target instanceof Node && panel.current?.contains(target))) place()
    }
    window.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', onScroll, { capture: true })
    }
  }, [isOpen, side])

  const onBlur = ({ relatedTarget }: FocusEvent) => {
    const isInside = [panel, button].some((part) => part.current?.contains(relatedTarget))
    if (relatedTarget && !isInside) close()
  }
  return (
    <>
      <UnstyledButton
        ref={button}
        className={triggerClass ?? classes['trigger'] ?? ''}
        aria-label={label}
        aria-expanded={isOpen}
        popoverTarget={id}
      >
        {trigger}
      </UnstyledButton>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={classes['panel']}
        data-wide={isWide || undefined}
        onBlur={onBlur}
        onBeforeToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {isOpen && children(close)}
      </div>
    </>
  )
}
