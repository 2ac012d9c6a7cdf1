import type { PackView } from '@packline/contract/integration-packs.ts'
import { formatCount, plural } from '../../lib/dates.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './pack-head.module.css'

type Installed = Pick<PackView, 'installations' | 'accounts' | 'unsharedInstallations'>

/** Where a pack is installed, and how much of that no group shares any more (D-4). */
export function InstalledWhere(pack: Installed) {
  const { installations, accounts, unsharedInstallations } = pack
  if (installations === 0) return 'Nowhere yet'
  return (
    <>
      {plural(installations, 'installation')} in {plural(accounts, 'account')}
      {unsharedInstallations > 0 && (
        <span className={classes['unshared']}>
          <StatusBadge tone="warning">No longer shared</StatusBadge> {unsharedText(pack)}
        </span>
      )}
    </>
  )
}

function unsharedText({ installations, unsharedInstallations: unshared }: Installed) {
  if (installations === 1) return 'It gets no further release.'
  if (unshared === installations) return 'None of them gets a further release.'
  return `${formatCount(unshared)} of ${plural(installations, 'installation')} ${unshared === 1 ? 'gets' : 'get'} no further release.`
}
