import type { ComponentProps } from 'react'
import classes from './entry-controls.module.css'

type EntryFieldProps = ComponentProps<'input'> & { id: string; label: string }

/** An input of the pages before one is inside. Plain HTML: whoever signs in need not load the component library first. */
export function EntryField({ label, ...input }: EntryFieldProps) {
  return (
    <div>
      <label htmlFor={input.id} className={classes['label']}>
        {label}
      </label>
      <input {...input} className={classes['input']} />
    </div>
  )
}

type EntryButtonProps = Omit<ComponentProps<'button'>, 'type'> & { isPrimary?: boolean; isBusy?: boolean }

export function EntryButton({ isPrimary = false, isBusy = false, children, ...button }: EntryButtonProps) {
  return (
    <button
      {...button}
      type={isPrimary ? 'submit' : 'button'}
      className={classes['button']}
      data-primary={isPrimary ? true : undefined}
      aria-busy={isBusy}
    >
      {children}
    </button>
  )
}

/** Looks like a button and leads away from this app. */
export function EntryLink({ children, ...link }: ComponentProps<'a'>) {
  return (
    <a {...link} className={classes['button']}>
      {children}
    </a>
  )
}
