import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from 'react-router'
import { useUrlState } from '../../lib/use-url-state.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SideBySide } from '../../ui/side-list.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { BrowseDialog } from './browse-dialog.tsx'
import { browseFields } from './browse-address.ts'
import { InstallationList } from './installation-list.tsx'
import { installationQueries } from './installations.queries.ts'

export async function loader() {
  if (await mayLoad('view-installations')) prefetch(installationQueries.list())
  return null
}

/** Deploy > Integration Packs: what is installed in this account on the left, the chosen one on the right. */
export function Component() {
  const { installationId } = useParams()
  const view = usePermission('view-installations')
  const browse = usePermission('browse-packs')
  const installations = useQuery({ ...installationQueries.list(), enabled: view.kind === 'allowed' })
  const [address, setAddress] = useUrlState(browseFields)
  const chosen = installations.data?.find(({ id }) => id === installationId)
  const hasSome = installations.data !== undefined && installations.data.length > 0
  const browseButton = browse.kind === 'allowed' && (
    <Button onClick={() => setAddress({ browse: 'all' }, { push: true })}>Browse Integration Packs</Button>
  )

  return (
    <>
      <PageHeading
        title="Integration Packs"
        documentTitle={`${chosen ? `${chosen.name} · ` : ''}Deploy Integration Packs`}
        focusKey={installationId ?? ''}
        lead="Ready-made groups of processes that a publisher shares with this account. Install one, attach it to environments, and it runs on their Atoms. You cannot modify what is in it; updates come from the publisher."
        actions={hasSome && browseButton}
      />
      {view.kind === 'refused' && <WhyNot>{view.sentence}</WhyNot>}
      {installations.isPending && view.kind === 'allowed' && <Loading lines={5} />}
      {installations.error && !installations.data && view.kind === 'allowed' && (
        <ErrorState
          title="The installed integration packs could not be loaded"
          error={installations.error}
          onRetry={() => void installations.refetch()}
        />
      )}
      {installations.data?.length === 0 && installationId === undefined && (
        <EmptyState action={browseButton}>
          No integration pack is installed in this account yet. Browse those that publishers share with it.
        </EmptyState>
      )}
      {installations.data && (hasSome || installationId !== undefined) && (
        <SideBySide list={<InstallationList installations={installations.data} chosenId={installationId} />}>
          <Outlet />
        </SideBySide>
      )}
      {browse.kind === 'allowed' && (
        <BrowseDialog
          browse={address.browse}
          onBrowse={(next) => setAddress({ browse: next }, { push: next !== null })}
        />
      )}
    </>
  )
}
