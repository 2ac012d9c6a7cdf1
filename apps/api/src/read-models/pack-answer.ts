import { releaseParams } from '@packline/contract/releases.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import type { AccountScope } from '../platform/actor.ts'
import { requireUnchanged } from '../platform/condition.ts'
import { viewEtag } from '../platform/etag.ts'
import type { Answer } from '../platform/idempotency.ts'
import type { Refusal } from '../platform/problems.ts'
import { findPackView } from './pack-view.ts'

/** Answers a change with the pack as it is now. */
export async function packAnswer(
  db: Database | Tx,
  scope: AccountScope,
  packId: string,
  status: 200 | 201 = 200,
): Promise<Answer> {
  const body = await findPackView(db, scope, packId)
  if (!body) throw new Error(`Pack ${packId} vanished in the transaction that changed it`)
  return { status, body, etag: viewEtag(body) }
}

/** Why a pack could not be locked for a change. */
export type PackUnavailable = 'pack-missing' | 'pack-changed'

/**
 * What to tell somebody whose pack is not there or not as they saw it. An own pack that was deleted is gone (D-22),
 * a foreign one looks like none; a changed one comes with its current state and who changed it (D-21).
 */
export async function packRefusal(
  db: Database | Tx,
  scope: AccountScope,
  packId: string,
  reason: PackUnavailable = 'pack-missing',
): Promise<Refusal> {
  const current = reason === 'pack-changed' ? await findPackView(db, scope, packId) : undefined
  if (current) {
    const { changedByName, changedAt } = current
    return {
      status: 412,
      code: 'pack-changed',
      message: `${changedByName || 'Somebody'} has changed this integration pack since you opened it. Nothing was saved: look at it as it is now, then decide again.`,
      details: { current, changedByName, changedAt },
      etag: viewEtag(current),
    }
  }
  const deleted = await db.integrationPack.count({
    where: { id: packId, accountId: scope, deletedAt: { not: null } },
  })
  return deleted > 0
    ? { status: 410, code: 'integration-pack-deleted', message: 'This integration pack was deleted.' }
    : {
        status: 404,
        code: 'integration-pack-not-found',
        message: 'There is no such integration pack in this account.',
      }
}

/** For what is done with a release, whose pack is what the caller has seen. */
export const releaseCondition = requireUnchanged({
  find: (db, { actor, params }) =>
    findPackOfRelease(db, actor.accountId, releaseParams.parse(params).releaseId),
  etagOf: viewEtag,
  rowsOf: ({ id }) => [{ table: 'IntegrationPack', where: { id } }],
  changed: {
    code: 'pack-changed',
    message:
      'Somebody has changed this integration pack since you opened it. Nothing was done: look at it as it is now, then decide again.',
  },
})

async function findPackOfRelease(db: Database | Tx, scope: AccountScope, releaseId: string) {
  const release = await db.release.findFirst({
    where: { id: releaseId, pack: { accountId: scope } },
    select: { packId: true },
  })
  return release ? findPackView(db, scope, release.packId) : undefined
}
