import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { paths } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission, useReaderZone } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Pager } from '../../ui/pager.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { type AuditAddress, auditFields, isNarrowed, wholeLog } from './audit-address.ts'
import { AuditEntryPanel } from './audit-entry-panel.tsx'
import { AuditFilterBar } from './audit-filter-bar.tsx'
import classes from './audit-log.module.css'
import { auditQueries } from './audit-log.queries.ts'
import { AuditTable } from './audit-table.tsx'
import { ExportLink } from './export-link.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-audit-log'))) return null
  const { state } = readUrlState(auditFields, new URL(request.url).searchParams)
  prefetch(auditQueries.page(state))
  return null
}

const lead =
  'Who did what in this account, when, and what was before and after. Nothing in it can be changed.'

export function Component() {
  const permission = usePermission('view-audit-log')
  return (
    <>
      <PageHeading title="Audit Log" lead={lead} />
      {permission.kind === 'allowed' ? <AuditLog /> : <WhyNot>{permission.sentence}</WhyNot>}
    </>
  )
}

function AuditLog() {
  const [address, setUrl, refused] = useUrlState(auditFields)
  const page = useQuery(auditQueries.page(address))
  const change = useCallback((to: Partial<AuditAddress>) => setUrl(to), [setUrl])
  const show = useCallback((to: Partial<AuditAddress>) => setUrl(to, { push: true }), [setUrl])
  const open = useCallback((entry: string) => setUrl({ entry }, { push: true }), [setUrl])
  const go = (place: Partial<AuditAddress>) => () =>
    setUrl({ after: '', before: '', ...place }, { push: true })
  const { data, error } = page
  return (
    <>
      <RefusedAddress names={refused} />
      <AuditFilterBar address={address} onChange={change} />
      {error && !data ? (
        <ErrorState
          title="The audit log could not be loaded"
          error={error}
          {...(!isRefusal(error) && { onRetry: () => void page.refetch() })}
          action={<TextLink to={paths.auditLog()}>The whole log</TextLink>}
        />
      ) : (
        <AuditTable
          rows={data?.rows}
          isRefreshing={page.isPlaceholderData}
          onOpen={open}
          onShow={show}
          empty={
            isNarrowed(address) ? (
              <EmptyState
                action={
                  <Button variant="default" onClick={() => setUrl(wholeLog)}>
                    Show the whole log
                  </Button>
                }
              >
                {data?.searchedTo ? 'Nothing so far is like that.' : 'Nothing in the log is like that.'}
              </EmptyState>
            ) : (
              <EmptyState>Nothing has happened in this account yet.</EmptyState>
            )
          }
        />
      )}
      {data?.searchedTo && data.next && <SearchedTo at={data.searchedTo} onGoOn={go({ after: data.next })} />}
      {data && (
        <Pager
          noun="act"
          shown={data.rows.length}
          onStart={data.previous ? go({}) : undefined}
          onPrevious={data.previous ? go({ before: data.previous }) : undefined}
          onNext={data.next ? go({ after: data.next }) : undefined}
        />
      )}
      <ExportLink address={address} />
      <AuditEntryPanel
        entryId={address.entry}
        onClose={() => setUrl({ entry: null }, { push: true })}
        onShow={show}
      />
    </>
  )
}

/** A search looks through a stretch of the log at a time and says how far it has come. */
function SearchedTo({ at, onGoOn }: { at: string; onGoOn: () => void }) {
  return (
    <div role="status" className={classes['searched']}>
      <span>
        Searched back to <Moment at={at} zone={useReaderZone()} />.
      </span>
      <Button variant="default" size="compact-sm" onClick={onGoOn}>
        Search older entries
      </Button>
    </div>
  )
}
