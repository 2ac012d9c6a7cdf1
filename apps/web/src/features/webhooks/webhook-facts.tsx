import type { WebhookView } from '@packline/contract/webhooks.ts'
import { plural } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { WebhookStatus } from './webhook-words.tsx'
import classes from './webhooks.module.css'

/** What there is to know about one webhook. */
export function WebhookFacts({ webhook }: { webhook: WebhookView }) {
  const zone = useReaderZone()
  const { events, description, failingSince, lastSucceededAt, formerSecretEndsAt, waiting, failed } = webhook
  return (
    <FactList
      facts={[
        ['Status', <WebhookStatus webhook={webhook} />],
        ['Description', description],
        [
          'Events',
          <ul className={classes['events']}>
            {events.map((event) => (
              <li key={event}>{event}</li>
            ))}
          </ul>,
        ],
        ['Failing since', failingSince && <Moment at={failingSince} zone={zone} />],
        ['Last delivered', lastSucceededAt ? <Moment at={lastSucceededAt} zone={zone} /> : 'Never'],
        ['Waiting', plural(waiting, 'delivery', 'deliveries')],
        ['Failed within seven days', plural(failed, 'delivery', 'deliveries')],
        [
          'Former secret',
          formerSecretEndsAt && (
            <>
              signs until <Moment at={formerSecretEndsAt} zone={zone} />
            </>
          ),
        ],
        [
          'Created',
          <>
            <Moment at={webhook.createdAt} zone={zone} /> by {webhook.createdByName}
          </>,
        ],
        [
          'Changed',
          webhook.changedAt !== webhook.createdAt && (
            <>
              <Moment at={webhook.changedAt} zone={zone} /> by {webhook.changedByName}
            </>
          ),
        ],
      ]}
    />
  )
}
