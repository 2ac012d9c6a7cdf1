import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { formatDay, plural } from '../../lib/dates.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { isCounted, Preview } from '../../ui/preview.tsx'
import { atOnceText, type Reach } from './reach-text.ts'
import { releaseQueries } from './releases.queries.ts'

type ReleaseNowDialogProps = {
  isOpen: boolean
  pack: PackView
  scheduled: ReleaseSummary
  onClose: () => void
}

/** Sends the scheduled release out at once; asks with numbers, because it cannot be taken back. */
export function ReleaseNowDialog({ isOpen, pack, scheduled, onClose }: ReleaseNowDialogProps) {
  const preview = useQuery({ ...releaseQueries.preview(pack.id, null), enabled: isOpen })
  const release = usePackWrite({
    pack,
    act: `release now ${scheduled.id}`,
    send: (_input: null, options) => api.releaseNow({ releaseId: scheduled.id, ...options }),
    onDone: () => {
      announce(`Release ${scheduled.sequence} goes out now`)
      onClose()
    },
  })
  const close = () => {
    release.reset()
    onClose()
  }
  if (release.conflict) {
    return (
      <PackChangedDialog
        seen={release.conflict.seen}
        current={release.conflict.current}
        anywayLabel="Release now anyway"
        isBusy={release.isBusy}
        onAnyway={release.runAnyway}
        onKeepNewer={close}
      />
    )
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => release.run(null)}
      title={`Release “${pack.name}” now?`}
      confirmLabel="Release now"
      isBusy={release.isBusy}
      isReady={isCounted(preview)}
      error={release.error}
    >
      <p>
        Release {scheduled.sequence} with {plural(scheduled.packageCount, 'package')} goes out at once instead
        of on {formatDay(scheduled.releaseOn ?? '')}, and its testing period ends.
      </p>
      <Preview<Reach> query={preview} lastKnown={{ ...pack, environments: scheduled.total }}>
        {(reach) => <p>{atOnceText(reach)}</p>}
      </Preview>
    </ConfirmDialog>
  )
}
