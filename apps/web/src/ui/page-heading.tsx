import { type ReactNode, useEffect, useRef } from 'react'
import classes from './page-heading.module.css'

let isFirstPage = true

type PageHeadingProps = {
  title: string
  /** What the tab says, where the heading alone would not tell; without the product's name. */
  documentTitle?: string
  /** A sentence under the heading. */
  lead?: ReactNode
  /** At the right of the heading: at most one primary button. */
  actions?: ReactNode
  /** Change it when another step or object is shown in place, so that the heading takes the focus again. */
  focusKey?: string
}

/** The h1 of a screen. Takes the focus and sets the title of the tab whenever the screen was navigated to. */
export function PageHeading({
  title,
  documentTitle = title,
  lead,
  actions,
  focusKey = '',
}: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    document.title = `${documentTitle} · Packline`
  }, [documentTitle])

  useEffect(() => {
    // A page loaded from the address bar leaves the focus where the browser puts it.
    if (!isFirstPage) heading.current?.focus({ preventScroll: true })
    isFirstPage = false
  }, [focusKey])

  return (
    <div className={classes['root']}>
      <div className={classes['words']}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className={classes['lead']}>{lead}</p>}
      </div>
      {actions && <div className={classes['actions']}>{actions}</div>}
    </div>
  )
}
