import { cleanLine, countCharacters } from '../text/clean-text.ts'
import { type WebhookEvent, webhookEvents } from './webhook-event.ts'

export const webhookLimit = 20
const webhookUrlLimit = 2_000
export const webhookDescriptionLimit = 255

export type WebhookDraft = { url: string; description: string; events: readonly WebhookEvent[] }

export type WebhookRefusal =
  | 'url-invalid'
  | 'url-too-long'
  | 'url-not-https'
  | 'url-with-password'
  | 'description-too-long'
  | 'events-empty'
  | 'too-many-webhooks'

export type WebhookPlan =
  | { kind: 'planned'; webhook: WebhookDraft }
  | { kind: 'refused'; reason: WebhookRefusal }

/** A webhook as it is stored: the address as it will be called, each event once and in the table's order. */
export function planWebhook(draft: WebhookDraft, { allowsHttp }: { allowsHttp: boolean }): WebhookPlan {
  const url = URL.parse(draft.url.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return refused('url-invalid')
  if (url.protocol === 'http:' && !allowsHttp) return refused('url-not-https')
  if (url.username !== '' || url.password !== '') return refused('url-with-password')
  // Never sent, so it would only pretend to be part of the address.
  url.hash = ''
  if (url.href.length > webhookUrlLimit) return refused('url-too-long')

  const description = cleanLine(draft.description)
  if (countCharacters(description) > webhookDescriptionLimit) return refused('description-too-long')
  const events = webhookEvents.filter((event) => draft.events.includes(event))
  if (events.length === 0) return refused('events-empty')
  return { kind: 'planned', webhook: { url: url.href, description, events } }
}

const refused = (reason: WebhookRefusal): WebhookPlan => ({ kind: 'refused', reason })
