import classes from './brand.module.css'

/** The product's mark and name: three trains, each a stop further. */
export function Brand() {
  return (
    <span className={classes['root']}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="6" className={classes['ground']} />
        <path d="M7 11h18M7 16h18M7 21h18" stroke="#fff" strokeWidth="2" opacity=".45" />
        <circle cx="11" cy="11" r="3" fill="#fff" />
        <circle cx="17" cy="16" r="3" fill="#fff" />
        <circle cx="23" cy="21" r="3" fill="#fff" />
      </svg>
      Packline
    </span>
  )
}
