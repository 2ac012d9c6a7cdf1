import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

/** A new secret of 256 random bits, written as Standard Webhooks does. */
export const newWebhookSecret = () => prefix + randomBytes(32).toString('base64')

/** What the secret of a webhook is sealed for: it opens for no other one. */
export const secretContext = (webhookId: string) => `webhook ${webhookId}`

export type SignedMessage = { id: string; body: string; secrets: readonly string[]; at: Date }

/** The headers of Standard Webhooks: the id stays the same at every attempt, and each secret signs. */
export function signatureHeaders({ id, body, secrets, at }: SignedMessage): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
