import { UnstyledButton } from '@mantine/core'
import type { ComponentProps } from 'react'
import classes from './link-button.module.css'

/** Does something and looks like a link: for the lesser acts beside a heading. */
export function LinkButton(props: Omit<ComponentProps<typeof UnstyledButton<'button'>>, 'className'>) {
  return <UnstyledButton {...props} className={classes['root'] ?? ''} />
}
