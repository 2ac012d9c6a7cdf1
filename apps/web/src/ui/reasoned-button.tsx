import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { announce } from './live-region.tsx'
import classes from './reasoned-button.module.css'

type ReasonedButtonProps = ButtonProps & {
  /** Why it does nothing now, in a sentence that says what to do; null when it works. */
  whyNot: string | null
  onClick: () => void
  children: ReactNode
}

/** A button that stays where it is while it has nothing to do, and says why. It keeps the focus. */
export function ReasonedButton({ whyNot, onClick, children, ...look }: ReasonedButtonProps) {
  const id = useId()
  const isOff = whyNot !== null
  return (
    <div className={classes['root']}>
      <Button
        {...look}
        aria-disabled={isOff}
        data-disabled={isOff}
        {...(isOff && { 'aria-describedby': id })}
        onClick={() => (isOff ? announce(whyNot) : onClick())}
      >
        {children}
      </Button>
      {isOff && (
        <p id={id} className={classes['reason']}>
          {whyNot}
        </p>
      )}
    </div>
  )
}
