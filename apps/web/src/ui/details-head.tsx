import type { ReactNode } from 'react'
import classes from './details-head.module.css'

type DetailsHeadProps = {
  /** The heading's id, for whatever is named by it. */
  id: string
  title: string
  /** Beside the name: a badge. */
  mark?: ReactNode
  /** The lesser acts, at the end of the line. */
  links?: ReactNode
}

/** The name of what is chosen in the list on the left, with what can be done about it as a whole. */
export function DetailsHead({ id, title, mark, links }: DetailsHeadProps) {
  return (
    <div className={classes['root']}>
      <h2 id={id} className={classes['title']}>
        {title}
      </h2>
      {mark}
      {links && (
        <div className={classes['links']} data-no-print>
          {links}
        </div>
      )}
    </div>
  )
}
