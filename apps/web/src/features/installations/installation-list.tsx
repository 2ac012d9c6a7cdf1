import type { InstallationListItem } from '@packline/contract/installations.ts'
import { useDeferredValue, useState } from 'react'
import { formatCount, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { SideFound, SideLink, SideList, SideListItem, SideListItems, SideNote } from '../../ui/side-list.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

type InstallationListProps = {
  installations: readonly InstallationListItem[]
  chosenId: string | undefined
}

/** Above this many a filter is worth its place. */
const filterFrom = 8

/** Every installation of the account by name. */
export function InstallationList({ installations, chosenId }: InstallationListProps) {
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const shown = installations.filter(({ name, packName }) =>
    `${name}\n${packName}`.toLowerCase().includes(wanted),
  )
  return (
    <SideList label="Installed integration packs" count={`${formatCount(installations.length)} installed`}>
      {installations.length >= filterFrom && (
        <SearchField
          label="Filter installed integration packs"
          placeholder="Filter by name"
          value={filter}
          onChange={setFilter}
          isImmediate
        />
      )}
      <SideListItems revealBy={`${chosenId} ${wanted}`} isLong={installations.length > 100}>
        {shown.map((installation) => (
          <SideListItem key={installation.id}>
            <SideLink to={paths.installation(installation.id)} name={installation.name}>
              <InstallationMark installation={installation} />
            </SideLink>
          </SideListItem>
        ))}
      </SideListItems>
      {wanted !== '' && (
        <SideFound>
          {shown.length === 0
            ? 'No installed pack has this in its name.'
            : `${formatCount(shown.length)} of ${formatCount(installations.length)}`}
        </SideFound>
      )}
    </SideList>
  )
}

function InstallationMark({ installation }: { installation: InstallationListItem }) {
  const { isShared, versionNumber, attachmentCount } = installation
  if (!isShared) return <StatusBadge tone="warning">No longer shared</StatusBadge>
  return (
    <SideNote>
      Version {versionNumber} ·{' '}
      {attachmentCount === 0 ? 'not attached yet' : plural(attachmentCount, 'environment')}
    </SideNote>
  )
}
