import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './why-not.module.css'

/** Stands where a control would be and says why it is not there. Never a dead button. */
export function WhyNot({ children }: { children: ReactNode }) {
  return (
    <p className={classes['root']}>
      <IconInfoCircle size={16} aria-hidden className={classes['icon']} />
      <span>{children}</span>
    </p>
  )
}

type AllowedProps = {
  permission: { kind: 'allowed' } | { kind: 'refused'; sentence: string }
  children: ReactNode
}

/** The control for whoever may use it, the reason for everybody else. */
export function Allowed({ permission, children }: AllowedProps) {
  return permission.kind === 'allowed' ? children : <WhyNot>{permission.sentence}</WhyNot>
}
