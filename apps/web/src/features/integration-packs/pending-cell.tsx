import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import { Button } from '@mantine/core'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { messageOf } from '../../lib/problem-message.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './pending-cell.module.css'
import { useUndelete } from './use-undelete.ts'

type PendingCellProps = { pack: PackView; row: PackRowView; mayChange: boolean }

/** The pending version, or "Deleted" with the way back. */
export function PendingCell({ pack, row, mayChange }: PendingCellProps) {
  const undelete = useUndelete(pack)
  if (!row.isRemoved) return row.pending?.version ?? ''
  return (
    <>
      <span className={classes['root']}>
        <StatusBadge tone="bad">Deleted</StatusBadge>
        {mayChange && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={undelete.isBusy}
            aria-label={`Undelete ${row.componentName}`}
            onClick={() => undelete.run(row)}
          >
            Undelete
          </Button>
        )}
      </span>
      {undelete.error && (
        <p role="alert" className={classes['error']}>
          {messageOf(undelete.error)}
        </p>
      )}
      {undelete.conflict && (
        <PackChangedDialog
          seen={undelete.conflict.seen}
          current={undelete.conflict.current}
          anywayLabel="Undelete anyway"
          isBusy={undelete.isBusy}
          onAnyway={undelete.runAnyway}
          onKeepNewer={undelete.reset}
        />
      )}
    </>
  )
}
