import { type AccountGroupView, groupParams } from '@packline/contract/account-groups.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import type { AccountScope } from '../platform/actor.ts'
import { requireUnchanged } from '../platform/condition.ts'
import { etagOf } from '../platform/etag.ts'
import type { Answer } from '../platform/idempotency.ts'
import { notFound, type Refusal } from '../platform/problems.ts'
import { findGroup } from './account-group-view.ts'

/** Of a group that is unknown, foreign or deleted. */
export const noGroup = notFound('account group').refusal

/** The group, or the end of the request. */
export async function getGroup(
  db: Database | Tx,
  scope: AccountScope,
  groupId: string,
): Promise<AccountGroupView> {
  const group = await findGroup(db, scope, groupId)
  if (!group) throw notFound('account group')
  return group
}

/** The group as a change has left it, alone or as part of the answer. */
export async function groupAnswer(
  tx: Tx,
  scope: AccountScope,
  groupId: string,
  status: 200 | 201 = 200,
): Promise<Answer> {
  const body = await getGroup(tx, scope, groupId)
  return { status, body, etag: etagOf(body.version) }
}

const changed = {
  code: 'account-group-changed',
  message:
    'Somebody has changed this account group since you opened it. Look at it as it is now, then decide.',
}

/** Somebody else has changed the group since it was seen: how it is now. */
export async function changedRefusal(tx: Tx, scope: AccountScope, groupId: string): Promise<Refusal> {
  const current = await getGroup(tx, scope, groupId)
  return { status: 412, ...changed, details: { current }, etag: etagOf(current.version) }
}

/** For changes of what is in a group. */
export const contentsCondition = requireUnchanged({
  find: (db, { actor, params }) => findGroup(db, actor.accountId, groupParams.parse(params).groupId),
  etagOf: ({ version }) => etagOf(version),
  rowsOf: ({ id }) => [{ table: 'AccountGroup', where: { id } }],
  changed,
})
