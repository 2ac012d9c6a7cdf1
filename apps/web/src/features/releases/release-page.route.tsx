import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { ChangeTable } from './change-table.tsx'
import { ReleaseFacts } from './release-facts.tsx'
import classes from './release-page.module.css'
import { ReleaseReach } from './release-reach.tsx'
import { releaseQueries } from './releases.queries.ts'
import { TargetTable } from './target-table.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-releases')) prefetch(releaseQueries.one(requireParam(params, 'releaseId')))
  return null
}

/** One release: what it is, what it changes and how far it has come, live while it goes out. */
export function Component() {
  const params = useParams()
  const packId = requireParam(params, 'packId')
  const releaseId = requireParam(params, 'releaseId')
  const view = usePermission('view-releases')
  const query = useQuery({ ...releaseQueries.one(releaseId), enabled: view.kind === 'allowed' })
  const mayRelease = usePermission('release-pack').kind === 'allowed'
  const release = query.data

  if (!release) {
    return (
      <>
        <PageHeading title="Release" />
        {view.kind === 'refused' ? (
          <WhyNot>{view.sentence}</WhyNot>
        ) : query.error ? (
          <ErrorState
            title="The release could not be shown"
            error={query.error}
            {...(!isRefusal(query.error) && { onRetry: () => void query.refetch() })}
            action={<TextLink to={paths.releaseHistory(packId)}>Release history</TextLink>}
          />
        ) : (
          <Loading lines={8} label="Loading the release" />
        )}
      </>
    )
  }
  return (
    <>
      <nav aria-label="Back" className={classes['back']} data-no-print>
        <TextLink to={paths.pack(packId)}>{release.packName}</TextLink> ·{' '}
        <TextLink to={paths.releaseHistory(packId)}>Release history</TextLink>
      </nav>
      <PageHeading
        title={`Release ${release.sequence} of ${release.packName}`}
        actions={
          release.canRollBackTo &&
          mayRelease && (
            <ButtonLink variant="default" to={paths.releaseWizard(packId, { rollBackTo: release.id })}>
              Roll back to this release
            </ButtonLink>
          )
        }
      />
      <div className={classes['columns']}>
        <section aria-labelledby="facts">
          <h2 id="facts">Release</h2>
          <ReleaseFacts release={release} />
        </section>
        <section aria-labelledby="reach">
          <h2 id="reach">Rollout</h2>
          <ReleaseReach release={release} />
          <p className={classes['more']}>
            <TextLink to={paths.rollout(release.packId, release.id)}>View rollout</TextLink>
          </p>
        </section>
      </div>
      {release.notes !== '' && (
        <section aria-labelledby="notes" className={classes['section']}>
          <h2 id="notes">Release notes</h2>
          <Markdown>{release.notes}</Markdown>
        </section>
      )}
      <section aria-labelledby="changes" className={classes['section']}>
        <h2 id="changes">What it changes</h2>
        <ChangeTable release={release} />
      </section>
      <section aria-labelledby="targets" className={classes['section']}>
        <h2 id="targets">Where it goes</h2>
        <TargetTable release={release} />
      </section>
    </>
  )
}
