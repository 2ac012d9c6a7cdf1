import type { ReleaseChange } from '@packline/contract/releases.ts'
import { useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import { plural } from '../lib/dates.ts'
import { VersionStep } from './version-step.tsx'
import classes from './change-list.module.css'

/** So many changes are read at a glance; more are folded. */
const shownAtOnce = 5

type ChangeListProps = { changes: readonly ReleaseChange[]; label?: string }

/** What a release changed, component by component: "Orders update 1.0 → 2.0". */
export function ChangeList({ changes, label = 'What changed' }: ChangeListProps) {
  const [isOpen, setOpen] = useState(false)
  const real = changes.filter(({ kind }) => kind !== 'unchanged')
  const shown = isOpen ? real : real.slice(0, shownAtOnce)
  if (real.length === 0) return <p className={classes['none']}>The same versions as the release before.</p>
  return (
    <>
      <ul className={classes['list']} aria-label={label}>
        {shown.map((change) => (
          <li key={change.componentId}>
            <span className={classes['name']}>{change.componentName}</span>
            <VersionStep kind={change.kind} from={change.from} to={change.to} />
          </li>
        ))}
      </ul>
      {real.length > shownAtOnce && (
        <UnstyledButton className={classes['more']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer changes' : `Show ${plural(real.length - shownAtOnce, 'more change')}`}
        </UnstyledButton>
      )}
    </>
  )
}
