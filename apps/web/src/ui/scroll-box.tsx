import { Table } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Lets a wide table scroll by itself, so that the page never does. It is a tab stop only while there is something to scroll. */
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
    <Table.ScrollContainer
      ref={box}
      type="native"
      minWidth={minWidth}
      // Words for listeners only are placed absolutely: without this they would reach out of the box and widen the page.
      pos="relative"
      {...(isScrolling && { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrolls sideways` })}
    >
      {children}
    </Table.ScrollContainer>
  )
}
