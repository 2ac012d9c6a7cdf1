import { Button, type ButtonProps } from '@mantine/core'
import { Link, type LinkProps } from 'react-router'

type ButtonLinkProps = ButtonProps & Pick<LinkProps, 'to' | 'replace' | 'state' | 'onClick' | 'aria-label'>

/** Looks like a button and is a link: for going somewhere, not for doing something. */
export function ButtonLink(props: ButtonLinkProps) {
  return <Button component={Link} {...props} />
}
