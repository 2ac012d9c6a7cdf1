import type { PackView } from '@packline/contract/integration-packs.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { PackChanges } from '../../packs/pack-changed-dialog.tsx'
import { packQueries } from '../../packs/pack-queries.ts'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { type DraftOrigin, draftQuery } from './release-wizard.queries.ts'

type ReleaseConflictDialogProps = { origin: DraftOrigin; seen: PackView; onTaken: () => void }

/** Somebody changed or released the pack while the wizard was open: says what, and lets the user choose (D-21). */
export function ReleaseConflictDialog({ origin, seen, onTaken }: ReleaseConflictDialogProps) {
  const { packId } = origin
  const navigate = useNavigate()
  const current = useQuery({ ...packQueries.one(packId), staleTime: 0, refetchOnMount: 'always' })
  const [failure, setFailure] = useState<unknown>(null)
  const goBack = () => void navigate(paths.pack(packId))

  async function takeNewer() {
    try {
      await queryClient.query({ ...draftQuery(origin), staleTime: 0 })
      onTaken()
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <Dialog isOpen onClose={goBack} title="This integration pack has changed meanwhile" size="lg">
      {current.data && !current.isFetching ? (
        <PackChanges seen={seen} current={current.data} />
      ) : current.error ? (
        <ErrorState error={current.error} onRetry={() => void current.refetch()} />
      ) : (
        <Loading lines={3} />
      )}
      {failure !== null && <ErrorState title="This draft cannot be continued" error={failure} />}
      <p>Nothing was released. With the newer state, the versions you selected yourself stay selected.</p>
      <DialogActions>
        <Button onClick={() => void takeNewer()} data-autofocus>
          Take the newer state
        </Button>
        <Button variant="default" onClick={goBack}>
          Go back to the integration pack
        </Button>
      </DialogActions>
    </Dialog>
  )
}
