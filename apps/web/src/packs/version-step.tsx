import type { ReleaseChange } from '@packline/contract/releases.ts'
import { Arrow } from '../ui/arrow.tsx'
import classes from './version-step.module.css'

type VersionStepProps = {
  kind: ReleaseChange['kind']
  from: { version: string } | null
  to: { version: string } | null
}

const words: Record<ReleaseChange['kind'], string> = {
  added: 'new',
  updated: 'update',
  'rolled-back': 'rollback',
  removed: 'removed',
  unchanged: 'unchanged',
}

/** "update 3.1 → 4.0", "rollback 3.1 → 2.8", "new 1.0": where a version comes from and goes to. */
export function VersionStep({ kind, from, to }: VersionStepProps) {
  const isStep = kind === 'updated' || kind === 'rolled-back'
  return (
    <span className={classes['root']}>
      <span className={classes['word']} data-kind={kind}>
        {words[kind]}
      </span>{' '}
      {isStep && (
        <>
          <span className={classes['from']}>{from?.version}</span> <Arrow />{' '}
        </>
      )}
      {kind === 'removed' ? from?.version : to?.version}
    </span>
  )
}
