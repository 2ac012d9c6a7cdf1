import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './scroll-box.module.css'

/**
 * Lets a wide table scroll by itself, so that the page never does. It is a tab stop only while there is something to
 * scroll. Not Mantine's Table.ScrollContainer, which brings 17 KB of scroll bars and floating boxes to every page.
 */
export function ScrollBox({
  label,
  minWidth,
  children,
}: {
  label: string
  minWidth: number
  children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const [isScrolling, setScrolling] = useState(false)

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setScrolling(element.scrollWidth > element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  return (
    <div
      ref={box}
      className={classes['root']}
      {...(isScrolling && { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrolls sideways` })}
    >
      <div style={{ minWidth }}>{children}</div>
    </div>
  )
}
