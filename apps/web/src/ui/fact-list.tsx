import type { ReactNode } from 'react'
import classes from './fact-list.module.css'

type FactListProps = {
  /** Pairs of a name and what it is; a fact without a value is left out. */
  facts: readonly (readonly [name: string, value: ReactNode])[]
}

/** Facts about one thing, name beside value. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className={classes['root']}>
      {facts.map(([name, value]) =>
        value === null || value === undefined || value === false || value === '' ? null : (
          <div key={name} className={classes['fact']}>
            <dt className={classes['name']}>{name}</dt>
            <dd className={classes['value']}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
