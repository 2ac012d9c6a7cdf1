import type { PunctualitySummary } from '@packline/contract/punctuality.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useBusinessNow } from '../../business-time.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { dateIn } from '../../lib/dates.ts'
import { text, useUrlState } from '../../lib/use-url-state.ts'
import { paths } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { DownloadLink } from '../../ui/download-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Pager } from '../../ui/pager.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { PunctualityPlot } from './punctuality-plot.tsx'
import { PunctualityTable } from './punctuality-table.tsx'
import { summaryText, tookText } from './punctuality-words.ts'
import classes from './punctuality.module.css'
import { punctualityQueries } from './punctuality.queries.ts'

export async function loader() {
  if (await mayLoad('view-releases')) prefetch(punctualityQueries.summary())
  return null
}

/** Whether releases went out when they were due: the promise, with its proof. */
export function Component() {
  const view = usePermission('view-releases')
  return (
    <>
      <nav aria-label="Back" className={classes['back']} data-no-print>
        <TextLink to={paths.packs()}>Integration Packs</TextLink>
      </nav>
      <PageHeading
        title="Punctuality"
        lead="Whether releases went out when they were due, and how long it took until they were current everywhere."
      />
      {view.kind === 'refused' ? <WhyNot>{view.sentence}</WhyNot> : <Punctuality />}
    </>
  )
}

const fields = { after: text(), before: text() }
const refetchInterval = 30_000

function Punctuality() {
  const [place, setUrl] = useUrlState(fields)
  const summary = useQuery({ ...punctualityQueries.summary(), refetchInterval })
  const page = useQuery({ ...punctualityQueries.page(place), refetchInterval })
  const go = (to: Partial<typeof place>) => () => setUrl({ after: '', before: '', ...to }, { push: true })
  return (
    <>
      {summary.data && summary.data.releases > 0 && <Summary summary={summary.data} />}
      {summary.error && !summary.data && (
        <ErrorState
          title="The summary could not be loaded"
          error={summary.error}
          onRetry={() => void summary.refetch()}
        />
      )}
      {page.error && !page.data ? (
        <ErrorState
          title="The releases could not be loaded"
          error={page.error}
          {...(!isRefusal(page.error) && { onRetry: () => void page.refetch() })}
          action={<TextLink to={paths.punctuality()}>Start of the list</TextLink>}
        />
      ) : (
        <PunctualityTable rows={page.data?.rows} isRefreshing={page.isPlaceholderData} />
      )}
      {page.data && page.data.rows.length > 0 && (
        <>
          <Pager
            noun="release"
            shown={page.data.rows.length}
            total={summary.data?.releases}
            onStart={page.data.previous ? go({}) : undefined}
            onPrevious={page.data.previous ? go({ before: page.data.previous }) : undefined}
            onNext={page.data.next ? go({ after: page.data.next }) : undefined}
          />
          <p className={classes['foot']} data-no-print>
            <DownloadLink href={api.punctualityCsvUrl()} what="all releases of the last 90 days as CSV" />
          </p>
        </>
      )}
    </>
  )
}

function Summary({ summary }: { summary: PunctualitySummary }) {
  const today = dateIn(useBusinessNow(60_000), 'UTC')
  const { worst, finished } = summary
  return (
    <section aria-label="Summary">
      <p className={classes['summary']}>
        {summaryText(summary)}
        {worst !== null && worst.tookSeconds !== null && finished > 1 && (
          <>
            {' '}
            The slowest was{' '}
            <TextLink to={paths.release(worst.packId, worst.releaseId)}>
              {`release ${worst.sequence} of ${worst.packName}`}
            </TextLink>{' '}
            with {tookText(worst.tookSeconds)}.
          </>
        )}
      </p>
      {summary.days.length > 0 && <PunctualityPlot summary={summary} lastDay={today} />}
    </section>
  )
}
