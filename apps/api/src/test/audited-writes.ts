import type { Database } from '@packline/database/client.ts'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'

/** Requests that are no GET and yet only read, or are nobody's act in an account. They leave no entry. */
const noActs = [
  // What is asked about is too long for an address, or too secret.
  'POST /api/v1/packaged-components/draft',
  'POST /api/v1/installations/:installationId/detachments/preview',
  'POST /api/v1/account-groups/:groupId/pack-removals/preview',
  'POST /api/v1/account-groups/:groupId/account-removals/preview',
  'POST /api/v1/invitation-links/reading',
  // Answered alike for every address; what is written down is the new password.
  'POST /api/v1/password-resets',
  // A key that waits for its first code is nothing yet.
  'POST /api/v1/user/two-step-sign-in',
  // What somebody has read is their own business.
  'POST /api/v1/notices/:noticeId/read',
  'POST /api/v1/notices/read',
]

/** Writes that leave no entry when there is nothing to change, or no account whose log it would go into. */
const mayChangeNothing = [
  // A session works in an account only once one is chosen, and may have ended.
  'POST /api/v1/session',
  'POST /api/v1/session/code',
  'DELETE /api/v1/session',
  'DELETE /api/v1/user/sessions/:sessionId',
  // Made to what it is already.
  'PATCH /api/v1/components/:componentId',
  'PUT /api/v1/components/:componentId/content',
  'PATCH /api/v1/integration-packs/:packId',
  'POST /api/v1/integration-packs/:packId/packages',
  'DELETE /api/v1/integration-packs/:packId/packages/:componentId',
  'POST /api/v1/integration-packs/:packId/packages/:componentId/undelete',
  'PATCH /api/v1/account',
  'PUT /api/v1/account/two-step-requirement',
  'PATCH /api/v1/accounts/:accountId',
  'POST /api/v1/accounts/:accountId/suspend',
  'POST /api/v1/accounts/:accountId/reactivate',
  'PATCH /api/v1/account-groups/:groupId',
  'POST /api/v1/account-groups/:groupId/accounts',
  'POST /api/v1/account-groups/:groupId/account-removals',
  'PATCH /api/v1/account-groups/:groupId/users/:userId',
  'POST /api/v1/account-groups/:groupId/roles',
  'POST /api/v1/account-groups/:groupId/integration-packs',
  'DELETE /api/v1/users/:userId/lock',
  'DELETE /api/v1/users/:userId/two-step-sign-in',
  'PATCH /api/v1/webhooks/:webhookId',
  // Each pack is answered for itself, and all of them may be refused.
  'POST /api/v1/environments/:environmentId/updates',
]

/**
 * Every other route that is no GET leaves an entry when it succeeds: all tests that call the API as a browser check it,
 * whatever else they are about.
 */
export const unaudited: ReadonlySet<string> = new Set([...noActs, ...mayChangeNothing])

/** Refusals that are acts: a bad password counts, and the last of several locks the user. */
const auditedRefusals = new Set([
  'POST /api/v1/session',
  'POST /api/v1/session/code',
  'PUT /api/v1/user/password',
  'POST /api/v1/user/two-step-sign-in',
  'POST /api/v1/user/two-step-sign-in/removal',
  'POST /api/v1/user/two-step-sign-in/recovery-codes',
])

const watched = new WeakMap<FastifyInstance, { db: Database; sent: Map<string, number> }>()

export function watchWrites(app: FastifyInstance, db: Database) {
  watched.set(app, { db, sent: new Map() })
}

/** Hands the answer on when the audit log has an entry for each write that succeeded, and none for one that was refused. */
export async function checkAudited(
  app: FastifyInstance,
  { method = 'GET', url, headers }: InjectOptions,
  response: LightMyRequestResponse,
): Promise<LightMyRequestResponse> {
  const watch = watched.get(app)
  const path = typeof url === 'string' ? url : ''
  const route = routeOf(app, method, path)
  if (!watch || method === 'GET' || route === undefined || mayBeRepetition(watch.sent, headers))
    return response

  const requestId = String(response.headers['x-request-id'])
  const entries = await watch.db.auditEntry.count({ where: { requestId } })
  const { statusCode } = response
  if (statusCode < 300 && entries === 0 && !unaudited.has(route)) {
    throw new Error(`${route} answered ${statusCode} and left nothing in the audit log`)
  }
  if (statusCode >= 400 && entries > 0 && !auditedRefusals.has(route)) {
    throw new Error(`${route} was refused with ${statusCode} and is in the audit log`)
  }
  return response
}

/**
 * To be called before a request is sent: of those under one key only the one that did it has an entry, and of several
 * under way nobody can say which.
 */
export function noteSent(app: FastifyInstance, { headers }: InjectOptions) {
  const key = keyOf(headers)
  const sent = watched.get(app)?.sent
  if (key !== undefined) sent?.set(key, (sent.get(key) ?? 0) + 1)
}

function keyOf(headers: InjectOptions['headers']): string | undefined {
  const key = headers?.['idempotency-key']
  return typeof key === 'string' ? key : undefined
}

function mayBeRepetition(sent: ReadonlyMap<string, number>, headers: InjectOptions['headers']): boolean {
  const key = keyOf(headers)
  return key !== undefined && (sent.get(key) ?? 0) > 1
}

function routeOf(app: FastifyInstance, method: string, path: string): string | undefined {
  const found = app.guardedRoutes.find((route) => route.method === method && patternOf(route.url).test(path))
  return found && `${found.method} ${found.url}`
}

const patternOf = (url: string) => new RegExp(`^${url.replaceAll(/:\w+/g, '[^/?]+')}(\\?.*)?$`)
