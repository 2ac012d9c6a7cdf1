import {
  webhookDescriptionLimit,
  webhookLimit,
  type WebhookRefusal,
} from '@packline/domain/webhooks/plan-webhook.ts'
import { notFound, type Refusal } from '../../platform/problems.ts'

type Reason = WebhookRefusal | 'webhook-paused' | 'delivery-under-way'

const words: Record<Reason, { status: number; message: string; field?: string }> = {
  'url-invalid': {
    status: 422,
    field: 'url',
    message: 'Enter the whole address, such as https://hooks.example.com/packline.',
  },
  'url-too-long': {
    status: 422,
    field: 'url',
    message: 'An address has at most 2,000 characters. Shorten it.',
  },
  'url-not-https': {
    status: 422,
    field: 'url',
    message: 'Enter an address that begins with https://, so that nobody on the way can read along.',
  },
  'url-with-password': {
    status: 422,
    field: 'url',
    message: 'Leave user and password out of the address. The signature shows that a call comes from here.',
  },
  'description-too-long': {
    status: 422,
    field: 'description',
    message: `A description has at most ${webhookDescriptionLimit} characters. Shorten it.`,
  },
  'events-empty': { status: 422, field: 'events', message: 'Choose at least one event.' },
  'too-many-webhooks': {
    status: 409,
    message: `An account has at most ${webhookLimit} webhooks. Delete one that is not needed any more.`,
  },
  'webhook-paused': { status: 409, message: 'This webhook is paused, so nothing is sent. Resume it first.' },
  'delivery-under-way': {
    status: 409,
    message: 'This delivery is being sent right now. Wait for its outcome.',
  },
}

/** What to tell somebody whose webhook could not be saved or used. */
export function webhookRefusal(reason: Reason): Refusal {
  const { status, message, field } = words[reason]
  return { status, code: reason, message, ...(field && { fields: [{ path: field, message }] }) }
}

export const webhookAbsent = notFound('webhook').refusal
export const deliveryAbsent = notFound('delivery').refusal

/** The caller's copy is an older one. */
export const webhookChanged = {
  status: 412,
  code: 'webhook-changed',
  message: 'Somebody else has changed this webhook meanwhile. Look at it as it is now, then decide again.',
}
