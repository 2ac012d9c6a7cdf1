import type { WebhookDeliveryView, WebhookView } from '@packline/contract/webhooks.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { formatCount } from '../../lib/dates.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { askedWhile } from '../../query-client.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Allowed } from '../../ui/why-not.tsx'
import { DeliveryState } from './webhook-words.tsx'
import { refreshWebhooks, sendAgain, webhookQueries } from './webhooks.queries.ts'
import classes from './webhooks.module.css'

type DeliveryPanelProps = { webhook: WebhookView; deliveryId: string | null; onClose: () => void }

/** One delivery beside the log: what is sent, what was answered, and sending it again. */
export function DeliveryPanel({ webhook, deliveryId, onClose }: DeliveryPanelProps) {
  const { data, error, refetch } = useQuery({
    ...webhookQueries.delivery(webhook.id, deliveryId ?? ''),
    enabled: askedWhile(deliveryId !== null),
  })
  return (
    <SidePanel isOpen={deliveryId !== null} onClose={onClose} title={data?.type ?? 'Delivery'}>
      {error && (
        <ErrorState
          title="The delivery could not be shown"
          error={error}
          {...(!isRefusal(error) && { onRetry: () => void refetch() })}
        />
      )}
      {!error && !data && <Loading lines={6} />}
      {data && <Delivery webhook={webhook} delivery={data} />}
    </SidePanel>
  )
}

function Delivery({ webhook, delivery }: { webhook: WebhookView; delivery: WebhookDeliveryView }) {
  const zone = useReaderZone()
  const { id, createdAt, attempts, nextTryAt, lastTriedAt, lastMillis, lastStatus, lastProblem } = delivery
  return (
    <>
      <FactList
        facts={[
          ['Status', <DeliveryState delivery={delivery} />],
          ['When', <Moment at={createdAt} zone={zone} />],
          ['Attempts', formatCount(attempts)],
          ['Last attempt', lastTriedAt && <Moment at={lastTriedAt} zone={zone} />],
          ['Answer', lastStatus],
          ['Duration', lastMillis !== null && `${formatCount(lastMillis)} ms`],
          ['Why not', lastProblem],
          ['Next attempt', nextTryAt && webhook.pause === null && <Moment at={nextTryAt} zone={zone} />],
          ['webhook-id', <code className={classes['address']}>{id}</code>],
        ]}
      />
      <SendAgain webhook={webhook} delivery={delivery} />
      <div className={classes['heading']}>
        <h3>What is sent</h3>
        <CopyButton value={delivery.body} what="what is sent" />
      </div>
      <pre className={classes['text']} tabIndex={0} role="region" aria-label="What is sent">
        {readable(delivery.body)}
      </pre>
      {lastStatus !== null && (
        <>
          <h3>What was answered</h3>
          {delivery.lastAnswer === '' ? (
            <p className={classes['note']}>Nothing but the status {lastStatus}.</p>
          ) : (
            <pre className={classes['text']} tabIndex={0} role="region" aria-label="What was answered">
              {delivery.lastAnswer}
            </pre>
          )}
        </>
      )}
    </>
  )
}

function SendAgain({ webhook, delivery }: { webhook: WebhookView; delivery: WebhookDeliveryView }) {
  const permission = usePermission('edit-webhooks')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      sendAgain({ webhookId: webhook.id, deliveryId: delivery.id, attempts: delivery.attempts }),
    onSuccess: () => {
      announce('Sent again')
      return refreshWebhooks()
    },
  })
  return (
    <div className={classes['actions']}>
      <Allowed permission={permission}>
        <ReasonedButton
          size="sm"
          whyNot={webhook.pause ? 'Resume the webhook to send this again.' : null}
          isBusy={isPending}
          onClick={() => mutate()}
        >
          Send again
        </ReasonedButton>
      </Allowed>
      {error && <ErrorState error={error} />}
    </div>
  )
}

/** With line breaks for people; what is sent has none. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
