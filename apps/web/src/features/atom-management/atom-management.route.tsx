import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Outlet, useNavigate, useParams } from 'react-router'
import { paths } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SideBySide } from '../../ui/side-list.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { environmentQueries } from './atoms.queries.ts'
import { EnvironmentTree } from './environment-tree.tsx'
import { useEnvironmentFilter } from './environment-list-state.ts'

const CreateEnvironmentDialog = lazyDialog(() =>
  import('./create-environment-dialog.tsx').then((module) => module.CreateEnvironmentDialog),
)
const AddAtomDialog = lazyDialog(() => import('./add-atom-dialog.tsx').then((module) => module.AddAtomDialog))

export async function loader() {
  if (await mayLoad('view-environments')) prefetch(environmentQueries.list({ filter: '', status: null }))
  return null
}

/** Manage > Atom Management: environments with their Atoms on the left, the chosen one on the right. */
export function Component() {
  const { environmentId, atomId } = useParams()
  const view = usePermission('view-environments')
  const create = usePermission('create-environment')
  const add = usePermission('add-atom')
  const [filter, setFilter] = useEnvironmentFilter()
  const list = useQuery({
    ...environmentQueries.list({ ...filter, filter: filter.filter.trim() }),
    enabled: view.kind === 'allowed',
    placeholderData: (before) => before,
  })
  const [open, setOpen] = useState<'environment' | 'atom' | null>(null)
  const navigate = useNavigate()
  const close = () => setOpen(null)
  const chosenId = environmentId ?? atomId
  const isFiltered = filter.filter !== '' || filter.status !== null
  const isEmpty =
    list.data?.total === 0 && list.data.unattachedAtoms.length === 0 && !isFiltered && chosenId === undefined

  return (
    <>
      <PageHeading
        title="Atom Management"
        documentTitle={`${nameOf(list.data, chosenId)}Atom Management`}
        focusKey={chosenId ?? ''}
        lead="Environments with their Atoms, Molecules and Atom Clouds, and the integration packs that run on them."
        actions={
          <>
            {create.kind === 'allowed' && (
              <Button variant={isEmpty ? 'filled' : 'default'} onClick={() => setOpen('environment')}>
                Create Environment
              </Button>
            )}
            {add.kind === 'allowed' && (
              <Button variant="default" onClick={() => setOpen('atom')}>
                Add Atom
              </Button>
            )}
          </>
        }
      />
      {view.kind === 'refused' && <WhyNot>{view.sentence}</WhyNot>}
      {list.isPending && view.kind === 'allowed' && <Loading lines={6} />}
      {list.error && !list.data && view.kind === 'allowed' && (
        <ErrorState
          title="The environments could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {isEmpty && (
        <EmptyState>
          This account has no environment yet. Create one and add an Atom to it: integration packs run there.
        </EmptyState>
      )}
      {list.data && !isEmpty && (
        <SideBySide
          list={
            <EnvironmentTree
              list={list.data}
              filter={filter}
              onFilter={setFilter}
              isRefreshing={list.isPlaceholderData}
              chosenId={chosenId}
            />
          }
        >
          <Outlet />
        </SideBySide>
      )}
      <CreateEnvironmentDialog
        isOpen={open === 'environment'}
        onClose={close}
        classifications={list.data?.classifications ?? []}
        onCreated={(id) => {
          close()
          void navigate(paths.environment(id))
        }}
      />
      <AddAtomDialog
        isOpen={open === 'atom'}
        environmentId={environmentId ?? null}
        onClose={(added) => {
          close()
          if (added !== null) void navigate(paths.atom(added))
        }}
      />
    </>
  )
}

type Named = { id: string; name: string }

/** The name of what is chosen, for the title of the tab. */
function nameOf(
  list: { environments: (Named & { atoms: Named[] })[]; unattachedAtoms: Named[] } | undefined,
  id: string | undefined,
): string {
  const all = [
    ...(list?.environments ?? []),
    ...(list?.environments.flatMap(({ atoms }) => atoms) ?? []),
    ...(list?.unattachedAtoms ?? []),
  ]
  const found = all.find((one) => one.id === id)
  return found ? `${found.name} · ` : ''
}
