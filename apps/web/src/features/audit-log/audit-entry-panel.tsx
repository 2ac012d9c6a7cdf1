import type { AuditEntryView } from '@packline/contract/audit-log.ts'
import { useQuery } from '@tanstack/react-query'
import { isRefusal } from '../../lib/field-problems.ts'
import { useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { type AuditAddress, only } from './audit-address.ts'
import classes from './audit-log.module.css'
import { auditQueries } from './audit-log.queries.ts'
import { actorNote, capitalised, sourceLabels } from './audit-words.ts'
import { AuditedThing } from './audited-thing.tsx'
import { ChangeTable } from './change-table.tsx'

type AuditEntryPanelProps = {
  entryId: string | null
  onClose: () => void
  onShow: (change: Partial<AuditAddress>) => void
}

/** Everything that one entry says. */
export function AuditEntryPanel({ entryId, onClose, onShow }: AuditEntryPanelProps) {
  const { data, error, refetch } = useQuery({
    ...auditQueries.entry(entryId ?? ''),
    enabled: entryId !== null,
  })
  return (
    <SidePanel
      isOpen={entryId !== null}
      onClose={onClose}
      title={data ? capitalised(data.words) : 'Audit entry'}
      size="xl"
    >
      {data ? (
        <EntryDetails entry={data} onShow={onShow} />
      ) : error ? (
        <ErrorState
          title="The entry could not be shown"
          error={error}
          {...(!isRefusal(error) && { onRetry: () => void refetch() })}
        />
      ) : (
        <Loading lines={8} label="Loading the entry" />
      )}
    </SidePanel>
  )
}

function EntryDetails({ entry, onShow }: { entry: AuditEntryView } & Pick<AuditEntryPanelProps, 'onShow'>) {
  const zone = useReaderZone()
  const { actorId, actorName, object, seal, requestId } = entry
  const note = actorNote(entry)
  return (
    <>
      <FactList
        facts={[
          ['When', <ExactMoment at={entry.at} zone={zone} />],
          ['Who', note === null ? actorName : `${actorName}, ${note}`],
          ['About', <AuditedThing object={object} />],
          ['ID', <CopiedText text={object.id} what="ID" />],
          ['Action', <code>{entry.action}</code>],
          ['Through', sourceLabels[entry.source]],
          ['Account', entry.accountId],
          ['Request ID', requestId && <CopiedText text={requestId} what="request ID" />],
          ['Entry ID', <CopiedText text={entry.id} what="entry ID" />],
          [
            'Seal',
            seal === null ? (
              'Not sealed yet: that follows within seconds'
            ) : (
              <>
                {seal.sequence}, of <Moment at={seal.sealedAt} zone={zone} />
              </>
            ),
          ],
        ]}
      />
      <p className={classes['further']}>
        {actorId !== null && (
          <LinkButton onClick={() => onShow(only({ actor: actorId }))}>Everything {actorName} did</LinkButton>
        )}
        <LinkButton onClick={() => onShow(only({ objectId: object.id }))}>
          Everything about {object.name ?? 'this'}
        </LinkButton>
      </p>
      <h3 className={classes['heading']}>Before and after</h3>
      <ChangeTable before={entry.before} after={entry.after} />
    </>
  )
}

/** On the reader's clock, and to the millisecond in UTC: two acts of one minute have an order. */
const ExactMoment = ({ at, zone }: { at: string; zone: string }) => (
  <>
    <Moment at={at} zone={zone} />
    <span className={classes['under']}>{at}</span>
  </>
)

const CopiedText = ({ text, what }: { text: string; what: string }) => (
  <>
    <code className={classes['id']}>{text}</code> <CopyButton value={text} what={what} />
  </>
)
