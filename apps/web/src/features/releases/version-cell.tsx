import { Skeleton, UnstyledButton } from '@mantine/core'
import { VersionStep } from '../../packs/version-step.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './version-cell.module.css'
import type { WizardRow } from './wizard-rows.ts'

/** Why the version of an earlier release cannot be taken as it was. */
const problemWords = {
  'version-deleted': 'deleted since',
  'version-not-shareable': 'may not be shared',
} as const

export const versionLinkId = (componentId: string) => `select-version-${componentId}`

type VersionCellProps = { row: WizardRow; onSelectOther: (row: WizardRow) => void }

/** The version to release with its direction, and the way to another one. */
export function VersionCell({ row, onSelectOther }: VersionCellProps) {
  const { componentId, componentName, chosen, kind, current, versionCount } = row
  return (
    <span className={classes['root']}>
      {chosen ? <VersionStep kind={kind} from={current} to={chosen} /> : <Skeleton height={12} width={90} />}
      {row.problem !== null && !row.isOwnChoice && (
        <StatusBadge tone="bad">{problemWords[row.problem]}</StatusBadge>
      )}
      {versionCount > 1 || row.problem !== null || kind === 'unchanged' ? (
        <UnstyledButton
          id={versionLinkId(componentId)}
          className={classes['link']}
          aria-label={`Select another version of ${componentName}`}
          onClick={() => onSelectOther(row)}
        >
          Select another version
        </UnstyledButton>
      ) : (
        <span className={classes['only']}>the only version</span>
      )}
    </span>
  )
}
