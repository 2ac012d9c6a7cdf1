import type { WebhookView } from '@packline/contract/webhooks.ts'
import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { paths, requireParam } from '../../paths.ts'
import { askedWhile, prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookFacts } from './webhook-facts.tsx'
import { pauseSentences } from './webhook-words.tsx'
import { webhookQueries } from './webhooks.queries.ts'
import classes from './webhooks.module.css'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-webhooks')) prefetch(webhookQueries.one(requireParam(params, 'webhookId')))
  return null
}

export function Component() {
  const webhookId = requireParam(useParams(), 'webhookId')
  const permission = usePermission('view-webhooks')
  const isAllowed = permission.kind === 'allowed'
  const {
    data: webhook,
    error,
    refetch,
  } = useQuery({ ...webhookQueries.one(webhookId), enabled: askedWhile(isAllowed) })
  return (
    <>
      <nav aria-label="Breadcrumb" className={classes['back']} data-no-print>
        <TextLink to={paths.webhooks()}>Webhooks</TextLink>
      </nav>
      {webhook ? (
        <WebhookPage webhook={webhook} />
      ) : (
        <>
          <PageHeading title="Webhook" />
          {permission.kind === 'refused' && <WhyNot>{permission.sentence}</WhyNot>}
          {error && (
            <ErrorState
              title="The webhook could not be shown"
              error={error}
              {...(!isRefusal(error) && { onRetry: () => void refetch() })}
            />
          )}
          {isAllowed && !error && <Loading lines={6} />}
        </>
      )}
    </>
  )
}

function WebhookPage({ webhook }: { webhook: WebhookView }) {
  const permission = usePermission('edit-webhooks')
  const { host } = new URL(webhook.url)
  return (
    <>
      <PageHeading title={host} documentTitle={`Webhook ${host}`} lead={webhook.url} focusKey={webhook.id} />
      <div className={classes['state']}>
        {webhook.pause && (
          <Banner tone={webhook.pause.reason === 'PERSON' ? 'info' : 'bad'}>
            {pauseSentences[webhook.pause.reason]}
          </Banner>
        )}
        {!webhook.pause && webhook.failingSince !== null && (
          <Banner tone="warning">
            Calls to this address are failing. Each is tried again for 24 hours; the log below says why.
          </Banner>
        )}
      </div>
      <WebhookFacts webhook={webhook} />
      <Allowed permission={permission}>
        <WebhookActions webhook={webhook} />
      </Allowed>
      <DeliveryLog webhook={webhook} />
    </>
  )
}
