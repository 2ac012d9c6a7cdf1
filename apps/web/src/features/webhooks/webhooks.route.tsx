import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import { CreateWebhookDialog } from './create-webhook-dialog.tsx'
import { WebhookTable } from './webhook-table.tsx'
import { webhookQueries } from './webhooks.queries.ts'

export async function loader() {
  if (await mayLoad('view-webhooks')) prefetch(webhookQueries.list())
  return null
}

const lead = 'Addresses of yours that are called when something happens, such as a chat or a ticket system.'

export function Component() {
  const permission = usePermission('view-webhooks')
  return permission.kind === 'allowed' ? (
    <Webhooks />
  ) : (
    <>
      <PageHeading title="Webhooks" lead={lead} />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function Webhooks() {
  const [isCreating, setCreating] = useState(false)
  const { data, error, refetch } = useQuery(webhookQueries.list())
  const permission = usePermission('edit-webhooks')
  const open = () => setCreating(true)
  const isEmpty = data?.rows.length === 0
  const isFull = data !== undefined && data.rows.length >= data.limit
  return (
    <>
      <PageHeading
        title="Webhooks"
        lead={lead}
        actions={
          !isEmpty && (
            <Allowed permission={permission}>
              <ReasonedButton
                whyNot={isFull ? `An account has at most ${data.limit} webhooks. Delete one first.` : null}
                onClick={open}
              >
                Create Webhook
              </ReasonedButton>
            </Allowed>
          )
        }
      />
      {error && (
        <ErrorState title="The webhooks could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <WebhookTable
          rows={data?.rows}
          empty={
            <EmptyState
              action={
                <Allowed permission={permission}>
                  <Button onClick={open}>Create Webhook</Button>
                </Allowed>
              }
            >
              No address is called yet when something happens in this account.
            </EmptyState>
          }
        />
      )}
      <CreateWebhookDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  )
}
