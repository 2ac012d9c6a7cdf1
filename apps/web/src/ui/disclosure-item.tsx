import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './disclosure.module.css'

type DisclosureItemProps = { children: ReactNode; onClick: () => void; to?: string }

/** A line of a disclosure's panel: a link where `to` is given, else a button. */
export function DisclosureItem({ children, onClick, to }: DisclosureItemProps) {
  const look = { className: classes['item'] ?? '', onClick }
  return to === undefined ? (
    <UnstyledButton {...look}>{children}</UnstyledButton>
  ) : (
    <Link to={to} {...look}>
      {children}
    </Link>
  )
}
