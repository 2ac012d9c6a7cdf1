import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { announce } from './live-region.tsx'
import classes from './reasoned-button.module.css'

type ReasonedButtonProps = Omit<ButtonProps, 'loading' | 'disabled'> & {
  /** Why it does nothing now, in a sentence that says what to do; null when it works. */
  whyNot: string | null
  isBusy?: boolean
  onClick: () => void
  children: ReactNode
}

/** A button that stays where it is while it has nothing to do, and says why. It keeps the focus, also while it is busy. */
export function ReasonedButton({ whyNot, isBusy = false, onClick, children, ...look }: ReasonedButtonProps) {
  const id = useId()
  const isOff = whyNot !== null
  return (
    <div className={classes['root']}>
      <Button
        {...look}
        aria-disabled={isOff || isBusy}
        aria-busy={isBusy}
        data-disabled={isOff || isBusy}
        {...(isOff && { 'aria-describedby': id })}
        onClick={() => {
          if (isOff) announce(whyNot)
          else if (!isBusy) onClick()
        }}
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
