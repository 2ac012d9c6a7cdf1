import type { ReleaseDraft, ReleasePreview } from '@packline/contract/releases.ts'
import { formatDay } from '../../lib/dates.ts'
import { VersionStep } from '../../packs/version-step.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import classes from './confirm-immediate-dialog.module.css'
import { atOnceText } from './reach-text.ts'
import type { ChosenVersionsView } from './use-chosen-versions.ts'

type ConfirmImmediateDialogProps = {
  isOpen: boolean
  draft: ReleaseDraft
  view: ChosenVersionsView
  preview: ReleasePreview
  onClose: () => void
  onConfirm: () => void
}

/** The second question before an installed pack is released at once: pack, versions and numbers (it reaches everybody). */
export function ConfirmImmediateDialog(props: ConfirmImmediateDialogProps) {
  const { isOpen, draft, view, preview, onClose, onConfirm } = props
  const changed = view.rows.filter(({ kind }) => kind !== 'unchanged')
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={onConfirm}
      title={`Release “${draft.packName}” immediately?`}
      confirmLabel="Release Integration Pack"
    >
      <p>{atOnceText(preview)}</p>
      <ul className={classes['list']}>
        {changed.map((row) => (
          <li key={row.componentId}>
            <span>{row.componentName}</span>
            <VersionStep kind={row.kind} from={row.current} to={row.chosen} />
          </li>
        ))}
        {draft.removed.map((row) => (
          <li key={row.componentId}>
            <span>{row.componentName}</span>
            <VersionStep kind="removed" from={row} to={null} />
          </li>
        ))}
      </ul>
      {draft.scheduled && (
        <p>
          Release {draft.scheduled.sequence}, scheduled for {formatDay(draft.scheduled.releaseOn ?? '')}, will
          not go out.
        </p>
      )}
    </ConfirmDialog>
  )
}
