import { useState } from 'react'
import { useChanges } from '../../live-changes.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { AvailablePackView } from './available-pack.tsx'
import { BrowseList } from './browse-list.tsx'
import type { Browse } from './browse-address.ts'

type BrowseDialogProps = { browse: Browse; onBrowse: (next: Browse) => void }

/** The packs that publishers share with this account, one of them in detail, and its installation. */
export function BrowseDialog({ browse, onBrowse }: BrowseDialogProps) {
  const [filter, setFilter] = useState('')
  const [isBusy, setBusy] = useState(false)
  useChanges(['sharing'], () => void refreshManagedAccount())
  const close = () => {
    setFilter('')
    onBrowse(null)
  }
  return (
    <Dialog
      isOpen={browse !== null}
      onClose={close}
      title="Browse Integration Packs"
      size="lg"
      isBusy={isBusy}
      isEscapeTaken={browse === 'all' && filter !== ''}
    >
      {browse === 'all' && (
        <BrowseList
          filter={filter}
          onFilter={setFilter}
          onView={(packId) => onBrowse({ packId })}
          onClose={close}
        />
      )}
      {browse !== null && browse !== 'all' && (
        <AvailablePackView
          key={browse.packId}
          packId={browse.packId}
          onBack={() => onBrowse('all')}
          onClose={close}
          onBusy={setBusy}
        />
      )}
    </Dialog>
  )
}
