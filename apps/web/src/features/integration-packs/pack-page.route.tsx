import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Outlet, useMatch, useNavigate, useParams } from 'react-router'
import { packQueries } from '../../packs/pack-queries.ts'
import { paths, routePatterns } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SideBySide } from '../../ui/side-list.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { PackLanding } from './pack-landing.tsx'
import { PackList } from './pack-list.tsx'

const CreatePackDialog = lazyDialog(() =>
  import('./create-pack-dialog.tsx').then((module) => module.CreatePackDialog),
)

export async function loader() {
  if (await mayLoad('view-packs')) prefetch(packQueries.list())
  return null
}

/** Manage > Integration Packs: the list of packs on the left, the chosen one on the right. */
export function Component() {
  const { packId } = useParams()
  const view = usePermission('view-packs')
  const create = usePermission('create-pack')
  const releases = usePermission('view-releases')
  const packs = useQuery({ ...packQueries.list(), enabled: view.kind === 'allowed' })
  // What has just come is drawn piece by piece, without keeping the page from answering meanwhile.
  const isReady = useDeferredValue(packs.data !== undefined)
  const [isCreating, setCreating] = useState(false)
  const navigate = useNavigate()
  const chosen = packs.data?.find(({ id }) => id === packId)
  const isHistory = useMatch(routePatterns.releaseHistory) !== null
  const pageOf = (name: string) => (isHistory ? `Release history · ${name}` : `${name} · Integration Packs`)
  const hasPacks = packs.data !== undefined && packs.data.length > 0
  // One primary button a screen: releasing, once there is a pack.
  const createButton = create.kind === 'allowed' && (
    <Button variant={hasPacks ? 'default' : 'filled'} onClick={() => setCreating(true)}>
      Create Integration Pack
    </Button>
  )

  return (
    <>
      <PageHeading
        title="Integration Packs"
        documentTitle={chosen ? pageOf(chosen.name) : 'Integration Packs'}
        focusKey={packId ?? ''}
        lead={
          <>
            Groups of preconfigured processes and API Service components that you release to the accounts of
            your account groups. Consumers run them as they are and cannot modify them, unlike templates of
            the Process Library.{' '}
            <TextLink to={paths.help('releasing-an-integration-pack')}>
              Learn more<span className="listeners-only"> about integration packs</span>
            </TextLink>
          </>
        }
        actions={
          hasPacks && (
            <Group gap="lg">
              {releases.kind === 'allowed' && <TextLink to={paths.punctuality()}>Punctuality</TextLink>}
              {createButton}
            </Group>
          )
        }
      />
      {view.kind === 'refused' && <WhyNot>{view.sentence}</WhyNot>}
      {(packs.isPending || (packs.data && !isReady)) && view.kind === 'allowed' && <Loading lines={5} />}
      {packs.error && !packs.data && view.kind === 'allowed' && (
        <ErrorState
          title="The integration packs could not be loaded"
          error={packs.error}
          onRetry={() => void packs.refetch()}
        />
      )}
      {isReady && packs.data?.length === 0 && packId === undefined && <PackLanding action={createButton} />}
      {isReady && packs.data && (hasPacks || packId !== undefined) && (
        <SideBySide list={<PackList packs={packs.data} chosenId={packId} />}>
          <Outlet />
        </SideBySide>
      )}
      <CreatePackDialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={(pack) => {
          setCreating(false)
          void navigate(paths.pack(pack.id))
        }}
      />
    </>
  )
}
