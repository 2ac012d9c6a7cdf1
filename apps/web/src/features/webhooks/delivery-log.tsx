import { Button, NativeSelect, Title } from '@mantine/core'
import type { WebhookDeliveryRow, WebhookView } from '@packline/contract/webhooks.ts'
import { useQuery } from '@tanstack/react-query'
import { maybeOneOf, identifier, useUrlState, wholeNumber } from '../../lib/use-url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { DeliveryPanel } from './delivery-panel.tsx'
import { DeliveryTable } from './delivery-table.tsx'
import { deliveryStates, labelOf } from './webhook-words.tsx'
import { webhookQueries } from './webhooks.queries.ts'
import classes from './webhooks.module.css'

const pageSize = 25
const fields = {
  state: maybeOneOf<WebhookDeliveryRow['state']>(deliveryStates),
  page: wholeNumber(),
  delivery: identifier(),
}

/** What was sent to a webhook, newest first; one delivery opens beside the list. */
export function DeliveryLog({ webhook }: { webhook: WebhookView }) {
  const [{ state, page, delivery }, setState, refused] = useUrlState(fields)
  const { data, error, isPlaceholderData, refetch } = useQuery(
    webhookQueries.deliveries(webhook.id, { page, pageSize, ...(state !== null && { state }) }),
  )
  const isEmpty = data?.total === 0 && state === null
  return (
    <section aria-labelledby="deliveries" className={classes['section']}>
      <Title order={2} id="deliveries" mb="sm">
        Deliveries
      </Title>
      <RefusedAddress names={refused} />
      {!isEmpty && (
        <FilterBar label="Filter deliveries">
          <NativeSelect
            label="Status"
            value={state ?? ''}
            onChange={({ currentTarget: { value } }) =>
              setState({ state: deliveryStates.find((one) => one === value) ?? null, page: 1 })
            }
            data={[
              { value: '', label: 'All' },
              ...deliveryStates.map((value) => ({ value, label: labelOf(value) })),
            ]}
          />
        </FilterBar>
      )}
      {error && (
        <ErrorState title="The deliveries could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <DeliveryTable
          rows={data?.rows}
          isRefreshing={isPlaceholderData}
          onOpen={(id) => setState({ delivery: id }, { push: true })}
          openId={delivery}
          empty={
            isEmpty ? (
              <EmptyState>Nothing was sent yet. Send a test event to see whether it arrives.</EmptyState>
            ) : (
              <EmptyState
                action={
                  <Button variant="default" onClick={() => setState({ state: null, page: 1 })}>
                    Show all deliveries
                  </Button>
                }
              >
                There is no such delivery.
              </EmptyState>
            )
          }
        />
      )}
      {data && (
        <Pagination
          noun="deliveries"
          page={page}
          pageSize={pageSize}
          total={data.total}
          onPage={(next) => setState({ page: next }, { push: true })}
        />
      )}
      <DeliveryPanel webhook={webhook} deliveryId={delivery} onClose={() => setState({ delivery: null })} />
    </section>
  )
}
