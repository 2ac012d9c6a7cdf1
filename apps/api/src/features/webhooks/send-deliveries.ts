import type { Deps } from '../../platform/deps.ts'
import { recordEvent } from '../../platform/events.ts'
import { auditJob } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { createNetworkGuard } from '../../platform/network-guard.ts'
import {
  type OutsideFault,
  type OutsideOutcome,
  postOutside,
  type ResolveName,
} from '../../platform/post-outside.ts'
import { secretContext, signatureHeaders } from '../../platform/sign-webhook.ts'
import { cleanLines } from '@packline/domain/text/clean-text.ts'
import { judgeAnswer, secondsUntilRetry } from '@packline/domain/webhooks/retry-delivery.ts'
import {
  type Attempt,
  type ClaimedDelivery,
  claimDeliveries,
  saveDelivered,
  saveFailedAttempt,
} from './webhook-deliveries.store.ts'
import { noteFailure, noteSuccess } from './webhooks.store.ts'

export type Sender = {
  /** Sends what is due, as far as there is room for it, and says how much was begun. */
  sendDue: () => Promise<number>
  /** Everything that was begun is sent or has failed. */
  settle: () => Promise<void>
}

export type SenderOptions = {
  /** Attempts under way at once in this instance. */
  slots?: number
  timeoutMillis?: number
  resolve?: ResolveName
  /** An attempt has ended, so there is room for another. */
  onRoom?: () => void
  /** The outcome of an attempt could not be written down; it is sent again under the same id. */
  onFault?: (deliveryId: string, error: unknown) => void
}

/** Sends deliveries of webhooks, several at once; each attempt is under a lease, and its outcome is written down. */
export function createSender(
  { jobDb, env, secrets }: Pick<Deps, 'jobDb' | 'env' | 'secrets'>,
  options: SenderOptions = {},
): Sender {
  const { slots = 20, onRoom, onFault, ...call } = options
  const guard = createNetworkGuard(env.webhooks.allowedNetworks)
  const underWay = new Set<Promise<void>>()

  async function attempt(delivery: ClaimedDelivery) {
    const { id, webhookId, body, secret, formerSecret, url, claimedAt: at } = delivery
    const stored = formerSecret === null ? [secret] : [secret, formerSecret]
    const opened = stored.map((one) => secrets.open(one, secretContext(webhookId)))
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Packline-Webhooks/1',
      ...signatureHeaders({ id, body, secrets: opened, at }),
    }
    const outcome = await postOutside({ url, headers, body, guard, ...call })
    await record(jobDb, delivery, outcome)
  }

  return {
    sendDue: async () => {
      const room = slots - underWay.size
      if (room <= 0) return 0
      const claimed = await claimDeliveries(jobDb, room)
      for (const delivery of claimed) {
        const sending: Promise<void> = attempt(delivery)
          .catch((error: unknown) => onFault?.(delivery.id, error))
          .finally(() => {
            underWay.delete(sending)
            onRoom?.()
          })
        underWay.add(sending)
      }
      return claimed.length
    },
    settle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** Writes down how an attempt ended, unless its lease had ended and somebody else has taken over. */
function record(jobDb: Deps['jobDb'], delivery: ClaimedDelivery, outcome: OutsideOutcome) {
  const { id, leaseId, webhookId, attemptsInRun } = delivery
  const meaning = outcome.kind === 'answered' ? judgeAnswer(outcome.status) : 'failed'
  const attempt: Attempt = {
    id,
    leaseId,
    status: outcome.kind === 'answered' ? outcome.status : null,
    millis: outcome.millis,
    answer: outcome.kind === 'answered' ? cleanLines(outcome.answer) : '',
    problem: meaning === 'arrived' ? null : problemOf(outcome),
  }
  return jobDb.$transaction(async (tx) => {
    if (meaning === 'arrived') {
      if (await saveDelivered(tx, attempt)) await noteSuccess(tx, webhookId)
      return
    }
    const retrySeconds = secondsUntilRetry(attemptsInRun + 1, Math.random())
    if (!(await saveFailedAttempt(tx, attempt, retrySeconds))) return
    const now = await businessNow(tx)
    const paused = await noteFailure(tx, webhookId, { isGone: meaning === 'gone', now })
    if (!paused) return
    await auditJob(tx, now, {
      accountId: paused.accountId,
      job: 'webhooks',
      action: 'webhook PAUSE',
      objectType: 'webhook',
      objectId: webhookId,
      after: { url: paused.url, because: attempt.problem },
    })
    await recordEvent(tx, {
      key: `webhook.paused:${webhookId}:${paused.version}`,
      type: 'webhook.paused',
      at: now,
      accountId: paused.accountId,
      objectId: webhookId,
      data: { url: paused.url, cause: attempt.problem },
    })
  })
}

function problemOf(outcome: OutsideOutcome): string {
  if (outcome.kind === 'silent') return faults[outcome.fault]
  const { status } = outcome
  if (status >= 300 && status < 400)
    return `The address answered ${status}, a redirect, which is not followed. Enter the address it leads to.`
  if (status === 410) return 'The address answered 410: it is gone for good.'
  return `The address answered ${status}; only an answer from 200 to 299 counts as received.`
}

const faults: Record<OutsideFault, string> = {
  'address-refused': 'The address leads into a network that Packline may not call.',
  'name-unknown': 'The name of the address is not known.',
  'connection-refused': 'Nobody answers at the address.',
  'certificate-invalid': 'The certificate of the address is not valid.',
  timeout: 'The address did not answer within 10 seconds.',
  'connection-lost': 'The connection was cut before an answer came.',
}
