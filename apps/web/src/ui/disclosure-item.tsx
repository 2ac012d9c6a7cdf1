import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './disclosure.module.css'

type DisclosureItemProps = {
  children: ReactNode
  onClick: () => void
  /** A screen to go to. */
  to?: string
  /** A file to download. */
  href?: string
}

/** A line of a disclosure's panel: a link where it leads somewhere, else a button. */
export function DisclosureItem({ children, onClick, to, href }: DisclosureItemProps) {
  const look = { className: classes['item'] ?? '', onClick }
  if (href !== undefined) {
    return (
      <a {...look} href={href} download>
        {children}
      </a>
    )
  }
  return to === undefined ? (
    <UnstyledButton {...look}>{children}</UnstyledButton>
  ) : (
    <Link to={to} {...look}>
      {children}
    </Link>
  )
}
