import type { WebhookDeliveryRow, WebhookView } from '@packline/contract/webhooks.ts'
import { failingDaysLimit } from '@packline/domain/webhooks/retry-delivery.ts'
import { StatusBadge, type StatusTone } from '../../ui/status-badge.tsx'

type Stance = { tone: StatusTone; label: string }

/** How a webhook stands: called, failing, or paused. */
function stanceOf({ pause, failingSince, lastSucceededAt }: WebhookView): Stance {
  if (pause?.reason === 'PERSON') return { tone: 'neutral', label: 'Paused' }
  if (pause) return { tone: 'bad', label: 'Paused after failures' }
  if (failingSince !== null) return { tone: 'warning', label: 'Failing' }
  return lastSucceededAt === null
    ? { tone: 'waiting', label: 'Not called yet' }
    : { tone: 'good', label: 'Working' }
}

export function WebhookStatus({ webhook }: { webhook: WebhookView }) {
  const { tone, label } = stanceOf(webhook)
  return <StatusBadge tone={tone}>{label}</StatusBadge>
}

/** Why nothing is sent, and what to do about it. */
export const pauseSentences: Record<NonNullable<WebhookView['pause']>['reason'], string> = {
  PERSON: 'This webhook is paused: what happens now is not sent to it, not even later. Resume it to go on.',
  FAILURES: `This webhook was paused because every call failed for ${failingDaysLimit} days. Mend what receives it, then resume it; what still waits is sent then.`,
  GONE: 'This webhook was paused because its address answered 410: it is gone for good. Enter another address, then resume it.',
}

const states: Record<WebhookDeliveryRow['state'], Stance> = {
  WAITING: { tone: 'waiting', label: 'Waiting' },
  DELIVERED: { tone: 'good', label: 'Delivered' },
  FAILED: { tone: 'bad', label: 'Failed' },
}

export const deliveryStates = ['WAITING', 'DELIVERED', 'FAILED'] as const
export const labelOf = (state: WebhookDeliveryRow['state']) => states[state].label

export function DeliveryState({ delivery }: { delivery: WebhookDeliveryRow }) {
  const { state, attempts } = delivery
  if (state === 'WAITING' && attempts > 0)
    return <StatusBadge tone="warning">Will be tried again</StatusBadge>
  return <StatusBadge tone={states[state].tone}>{states[state].label}</StatusBadge>
}
