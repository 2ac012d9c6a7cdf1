import { type ReactNode, useEffect, useRef } from 'react'
import classes from './dialog-step.module.css'

/** One step inside a dialog. Its heading takes the focus when the step appears. */
export function DialogStep({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title])
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={classes['title']} data-heading data-autofocus>
        {title}
      </h3>
      {children}
    </>
  )
}
