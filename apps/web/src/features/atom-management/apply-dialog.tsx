import type { ApplyResult, EnvironmentPacks, PackUpdateRow } from '@packline/contract/updates.ts'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../../api.ts'
import { plural } from '../../lib/dates.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { ChangeList } from '../../packs/change-list.tsx'
import { goesOut } from '../../packs/consumer-release-words.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { Arrow } from '../../ui/arrow.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import classes from './apply-dialog.module.css'
import { lockSentence } from './update-words.ts'

type ApplyDialogProps = {
  isOpen: boolean
  packs: EnvironmentPacks
  onClose: () => void
  onApplied: (results: readonly ApplyResult[]) => void
}

/** Lists what would be applied, old to new, states the lock, and applies exactly what is listed. */
export function ApplyDialog({ isOpen, packs, onClose, onApplied }: ApplyDialogProps) {
  const { environment, rows } = packs
  // What somebody reads and confirms does not change under their eyes.
  const listed = useRef<readonly PackUpdateRow[]>([])
  const wasOpen = useRef(false)
  if (isOpen && !wasOpen.current) listed.current = rows.filter(({ state }) => state === 'offered')
  wasOpen.current = isOpen
  const applying = useMutation({
    mutationFn: () => {
      const seen = listed.current.flatMap(({ attachmentId, pending }) =>
        pending ? [{ attachmentId, releaseId: pending.id }] : [],
      )
      return sendOnce({ act: 'apply updates', environmentId: environment.id, seen }, (idempotencyKey) =>
        api.applyUpdates({ environmentId: environment.id, idempotencyKey }, { seen }),
      )
    },
    onSuccess: async ({ results }) => {
      await refreshManagedAccount()
      onApplied(results)
    },
  })
  const close = () => {
    applying.reset()
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => {
        if (!applying.isPending) applying.mutate()
      }}
      title={`Apply pending updates in ${environment.name}?`}
      confirmLabel="OK"
      isBusy={applying.isPending}
      error={applying.error}
    >
      <p>
        {plural(listed.current.length, 'integration pack')} {listed.current.length === 1 ? 'is' : 'are'}{' '}
        updated now, before the release date:
      </p>
      <ul className={classes['list']} aria-label="Updates to apply">
        {listed.current.map(({ attachmentId, name, versionNumber, pendingNumber, pending, changes }) => (
          <li key={attachmentId}>
            <p className={classes['line']}>
              <strong className={classes['name']}>{name}</strong>{' '}
              <span className={classes['step']}>
                version {versionNumber} <Arrow /> {pendingNumber}
              </span>
            </p>
            {pending && <p className={classes['date']}>Otherwise it arrives by itself {goesOut(pending)}.</p>}
            <ChangeList changes={changes} label={`What changes for you in ${name}`} />
          </li>
        ))}
      </ul>
      <p>{lockSentence}</p>
    </ConfirmDialog>
  )
}
