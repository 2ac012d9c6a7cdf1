import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useEffect } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { packQueries } from '../../packs/pack-queries.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch, queryClient } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { draftQuery } from './release-wizard.queries.ts'
import { ReleaseWizard } from './release-wizard.tsx'
import { wizardFields } from './wizard-address.ts'

const ReleaseDone = lazy(() =>
  import('./release-done.tsx').then((module) => ({ default: module.ReleaseDone })),
)

export async function loader({ params, request }: LoaderFunctionArgs) {
  if (!(await mayLoad('release-pack'))) return null
  const packId = requireParam(params, 'packId')
  const { state } = readUrlState(wizardFields, new URL(request.url).searchParams)
  prefetch(packQueries.one(packId))
  if (state.step !== 'done') prefetch(draftQuery({ packId, ...state }))
  return null
}

/** The Release Integration Pack wizard. All of the draft but the notes is in the address. */
export function Component() {
  const packId = requireParam(useParams(), 'packId')
  const [{ step, release, rollBackTo, replaces }] = useUrlState(wizardFields)
  const permission = usePermission('release-pack')

  if (permission.kind === 'refused') {
    return (
      <>
        <PageHeading title="Release Integration Pack" />
        <WhyNot>{permission.sentence}</WhyNot>
      </>
    )
  }
  if (step === 'done' && release !== null)
    return (
      <Suspense fallback={<Loading lines={6} />}>
        <ReleaseDone packId={packId} releaseId={release} />
      </Suspense>
    )
  return <OpenWizard key={`${packId} ${rollBackTo} ${replaces}`} origin={{ packId, rollBackTo, replaces }} />
}

function OpenWizard({ origin }: { origin: Parameters<typeof draftQuery>[0] }) {
  const { packId } = origin
  const draft = useQuery(draftQuery(origin))
  const pack = useQuery(packQueries.one(packId))
  // What has just come is drawn piece by piece, without keeping the page from answering meanwhile.
  const isReady = useDeferredValue(draft.data !== undefined && pack.data !== undefined)
  useEffect(
    // Opened again, the wizard begins with the pack as it is then.
    () => () => queryClient.removeQueries({ queryKey: ['release-draft', packId] }),
    [packId],
  )
  if (isReady && draft.data && pack.data) {
    return <ReleaseWizard key={draft.data.packVersion} origin={origin} draft={draft.data} pack={pack.data} />
  }
  const failed = draft.error ? draft : pack.error ? pack : null
  return (
    <>
      <PageHeading title="Release Integration Pack" />
      {failed ? (
        <ErrorState
          title="The release could not be prepared"
          error={failed.error}
          {...(!isRefusal(failed.error) && { onRetry: () => void failed.refetch() })}
          action={<TextLink to={paths.pack(packId)}>Back to the integration pack</TextLink>}
        />
      ) : (
        <Loading lines={8} label="Preparing the release" />
      )}
    </>
  )
}
