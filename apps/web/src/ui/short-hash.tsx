import { CopyButton } from './copy-button.tsx'
import classes from './short-hash.module.css'

/** The beginning of a long hash, with the whole of it behind Copy. */
export function ShortHash({ value, what }: { value: string; what: string }) {
  return (
    <span className={classes['root']}>
      <code title={value}>{value.slice(0, 12)}…</code>
      <CopyButton value={value} what={what} />
    </span>
  )
}
