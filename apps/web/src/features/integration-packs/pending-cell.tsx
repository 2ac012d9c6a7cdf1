import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import { Button } from '@mantine/core'
import { useRef } from 'react'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { messageOf } from '../../lib/problem-message.ts'
import { focusNear } from '../../ui/focus-near.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './pending-cell.module.css'
import { useUndelete } from './use-undelete.ts'

type PendingCellProps = { pack: PackView; row: PackRowView; mayChange: boolean }

/** The pending version, or "Deleted" with the way back. */
export function PendingCell({ pack, row, mayChange }: PendingCellProps) {
  const place = useRef<HTMLSpanElement>(null)
  const undelete = useUndelete(pack, () => {
    const tableRow = place.current?.closest('tr') ?? null
    // The button goes with the word Deleted.
    requestAnimationFrame(() => focusNear(tableRow))
  })
  if (!row.isRemoved) return row.pending?.version ?? ''
  return (
    <>
      <span ref={place} className={classes['root']}>
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
