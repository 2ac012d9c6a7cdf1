import classes from './loading.module.css'

/** Lines in the shape of text, shown when loading takes longer than 200 ms. */
export function Loading({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className={classes['late']} role="status" aria-label={label} data-waiting>
      {Array.from({ length: lines }, (_, line) => (
        // Lines are alike and never change places.
        <div key={line} className={classes['line']} />
      ))}
    </div>
  )
}
