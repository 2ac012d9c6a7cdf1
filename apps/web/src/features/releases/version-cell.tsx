import { Skeleton, UnstyledButton } from '@mantine/core'
import { VersionStep } from '../../packs/version-step.tsx'
import classes from './version-cell.module.css'
import type { WizardRow } from './wizard-rows.ts'

export const versionLinkId = (componentId: string) => `select-version-${componentId}`

type VersionCellProps = { row: WizardRow; onSelectOther: (row: WizardRow) => void }

/** The version to release with its direction, and the way to another one. */
export function VersionCell({ row, onSelectOther }: VersionCellProps) {
  const { componentId, componentName, chosen, kind, current, versionCount } = row
  return (
    <span className={classes['root']}>
      {chosen ? <VersionStep kind={kind} from={current} to={chosen} /> : <Skeleton height={12} width={90} />}
      {versionCount > 1 || kind === 'unchanged' ? (
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
