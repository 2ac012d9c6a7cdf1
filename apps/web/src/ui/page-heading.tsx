import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { useLocation } from 'react-router'
import classes from './page-heading.module.css'

/** The place in the history that was loaded from the address bar; null once somebody has gone on from there. */
let loadedPlace: string | null | undefined

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
  const { key: place } = useLocation()

  useEffect(() => {
    document.title = `${documentTitle} · Packline`
  }, [documentTitle])

  const takeFocus = useEffectEvent(() => {
    // A page loaded from the address bar leaves the focus where the browser puts it, however often its heading changes.
    if (loadedPlace === undefined) loadedPlace = place
    if (loadedPlace === place) return
    loadedPlace = null
    heading.current?.focus({ preventScroll: true })
  })
  useEffect(() => takeFocus(), [focusKey])

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
