import { useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { useChanges, useIsLive } from '../../live-changes.ts'
import { releaseQuery } from '../../packs/release-query.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Pager } from '../../ui/pager.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { ExportLink } from './export-link.tsx'
import { Nowhere } from './nowhere.tsx'
import { RetryFailed } from './retry-failed.tsx'
import { choosing, isNarrowed, type RolloutAddress, rolloutFields } from './rollout-address.ts'
import { RolloutBar } from './rollout-bar.tsx'
import { RolloutFilters } from './rollout-filters.tsx'
import classes from './rollout-page.module.css'
import { RolloutStanding } from './rollout-standing.tsx'
import { RolloutTable } from './rollout-table.tsx'
import { countOf } from './rollout-words.ts'
import { refreshRollout, rolloutQueries } from './rollout.queries.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  if (await mayLoad('view-releases')) {
    const releaseId = requireParam(params, 'releaseId')
    const { state } = readUrlState(rolloutFields, new URL(request.url).searchParams)
    prefetch(releaseQuery(releaseId))
    prefetch(rolloutQueries.totals(releaseId))
    prefetch(rolloutQueries.page(releaseId, state))
  }
  return null
}

/** Without hints it is looked at often, with them now and then, in milliseconds. */
const every = { live: 30_000, unheard: 4_000 }

/** How far a release is with each account, environment and Atom, live. */
export function Component() {
  const params = useParams()
  const packId = requireParam(params, 'packId')
  const releaseId = requireParam(params, 'releaseId')
  const view = usePermission('view-releases')
  const query = useQuery({ ...releaseQuery(releaseId), enabled: view.kind === 'allowed' })
  // All of the page waits for it, and is drawn without keeping what is there from answering meanwhile.
  const isReady = useDeferredValue(query.data !== undefined)
  const release = isReady ? query.data : undefined
  if (!release) {
    return (
      <>
        <PageHeading title="Rollout" />
        {view.kind === 'refused' ? (
          <WhyNot>{view.sentence}</WhyNot>
        ) : query.error ? (
          <ErrorState
            title="The rollout could not be shown"
            error={query.error}
            {...(!isRefusal(query.error) && { onRetry: () => void query.refetch() })}
            action={<TextLink to={paths.releaseHistory(packId)}>Release history</TextLink>}
          />
        ) : (
          <Loading lines={8} label="Loading the rollout" />
        )}
      </>
    )
  }
  return (
    <>
      <nav aria-label="Back" className={classes['back']} data-no-print>
        <TextLink to={paths.pack(release.packId)}>{release.packName}</TextLink> ·{' '}
        <TextLink to={paths.releaseHistory(release.packId)}>Release history</TextLink> ·{' '}
        <TextLink to={paths.release(release.packId, releaseId)}>Release {release.sequence}</TextLink>
      </nav>
      <Rollout key={releaseId} release={release} />
    </>
  )
}

type Release = Parameters<typeof RolloutStanding>[0]['release']

function Rollout({ release }: { release: Release }) {
  const { id: releaseId, packId, packName, sequence } = release
  const [address, setUrl, refused] = useUrlState(rolloutFields)
  const refetchInterval = useIsLive() ? every.live : every.unheard
  useChanges([releaseId, packId], () => void refreshRollout(releaseId))
  useQuery({ ...releaseQuery(releaseId), refetchInterval })
  const totals = useQuery(rolloutQueries.totals(releaseId, refetchInterval))
  // All below the head waits for them, and is drawn as the page itself is.
  const isCounted = useDeferredValue(!totals.isPending)
  const page = useQuery({ ...rolloutQueries.page(releaseId, address), refetchInterval })
  const change = useCallback((to: Partial<RolloutAddress>) => setUrl(to), [setUrl])
  const showAccount = useCallback(
    (account: string) => setUrl(choosing({ account }), { push: true }),
    [setUrl],
  )
  const go = (place: Partial<RolloutAddress>) => () =>
    setUrl({ after: '', before: '', ...place }, { push: true })
  const { state, account, search } = address
  const isEmpty = totals.data?.total === 0 && !isNarrowed(address)
  const isWhole = account === '' && search === ''
  const head = (
    <>
      <PageHeading
        title={`Rollout of release ${sequence} of ${packName}`}
        actions={
          totals.data && (
            <RetryFailed
              releaseId={releaseId}
              failed={totals.data.byState.failed}
              countedAt={totals.data.countedAt}
            />
          )
        }
      />
      <RolloutStanding release={release} countedAt={totals.data?.countedAt} />
      <RefusedAddress names={refused} />
    </>
  )
  if (!isCounted) {
    return (
      <>
        {head}
        <Loading lines={8} label="Loading the rollout" />
      </>
    )
  }
  return (
    <>
      {head}
      {totals.data && totals.data.total > 0 && (
        <RolloutBar
          totals={totals.data}
          chosen={state}
          onChoose={(next) => change(choosing({ state: next }))}
        />
      )}
      {totals.error && !totals.data && (
        <ErrorState
          title="The counts could not be loaded"
          error={totals.error}
          onRetry={() => void totals.refetch()}
        />
      )}
      {!isEmpty && <RolloutFilters address={address} onChange={change} />}
      {page.error && !page.data ? (
        <ErrorState
          title="The rows could not be loaded"
          error={page.error}
          {...(!isRefusal(page.error) && { onRetry: () => void page.refetch() })}
          action={<TextLink to={paths.rollout(packId, releaseId)}>Start of the list</TextLink>}
        />
      ) : (
        <RolloutTable
          rows={page.data?.rows}
          isRefreshing={page.isPlaceholderData}
          isNarrowed={isNarrowed(address)}
          nowhere={<Nowhere release={release} />}
          onChange={change}
          onAccount={showAccount}
        />
      )}
      {page.data && (
        <Pager
          noun="row"
          shown={page.data.rows.length}
          total={isWhole ? countOf(totals.data, state) : undefined}
          onStart={page.data.previous ? go({}) : undefined}
          onPrevious={page.data.previous ? go({ before: page.data.previous }) : undefined}
          onNext={page.data.next ? go({ after: page.data.next }) : undefined}
        />
      )}
      {!isEmpty && !page.isPending && <ExportLink releaseId={releaseId} address={address} />}
    </>
  )
}
