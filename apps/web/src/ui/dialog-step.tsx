import { type ReactNode, useEffect, useRef } from 'react'
import classes from './dialog-step.module.css'

/** One step inside a dialog. When it appears, its heading takes the focus and the dialog stands at its top again. */
export function DialogStep({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    const dialog = heading.current?.closest('[role="dialog"]')
    if (dialog) dialog.scrollTop = 0
  }, [title])
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={classes['title']} data-heading data-autofocus>
        {title}
      </h3>
      {children}
    </>
  )
}
