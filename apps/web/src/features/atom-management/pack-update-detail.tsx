import type { AtomListItem } from '@packline/contract/atoms.ts'
import type { ConsumerRelease } from '@packline/contract/consumer-releases.ts'
import type { PackUpdateRow } from '@packline/contract/updates.ts'
import { plural } from '../../lib/dates.ts'
import { AttachmentBadge } from '../../packs/attachment-state.tsx'
import { ChangeList } from '../../packs/change-list.tsx'
import { ConsumerReleaseDetails } from '../../packs/consumer-release-details.tsx'
import { releaseDay } from '../../packs/consumer-release-words.ts'
import { useReaderZone } from '../../session.ts'
import { DeliveryList } from './delivery-list.tsx'
import classes from './pack-update-detail.module.css'
import { standingOf } from './update-words.ts'

type PackUpdateDetailProps = { row: PackUpdateRow; atoms: readonly AtomListItem[] }

/** Under a row: where the pack stands, how far its Atoms are, what the pending release changes and what both contain. */
export function PackUpdateDetail({ row, atoms }: PackUpdateDetailProps) {
  const { running, pending, changes, versionNumber, pendingNumber } = row
  const isOther = pending !== null && pending.id !== running.id
  return (
    <div className={classes['root']}>
      <p className={classes['standing']}>
        <AttachmentBadge state={row.state} /> <span>{standingOf(row)}</span>
      </p>
      <DeliveryList label={`${row.name} on its Atoms`} deliveries={row.deliveries} atoms={atoms} />
      {isOther && (
        <details className={classes['fold']} open>
          <summary>What changes for you: {plural(changes.length, 'component')}</summary>
          <ChangeList changes={changes} label={`What changes for you in ${row.name}`} />
        </details>
      )}
      <ReleaseFold title={`Version ${versionNumber}`} release={running} />
      {isOther && (
        <ReleaseFold
          title={pendingNumber === null ? 'The pending release' : `Version ${pendingNumber}`}
          release={pending}
        />
      )}
    </div>
  )
}

function ReleaseFold({ title, release }: { title: string; release: ConsumerRelease }) {
  const zone = useReaderZone()
  return (
    <details className={classes['fold']}>
      <summary>
        {title}, release of {releaseDay(release, zone)}: notes and component versions
      </summary>
      <ConsumerReleaseDetails release={release} />
    </details>
  )
}
