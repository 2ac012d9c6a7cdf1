import { setTimeout as wait } from 'node:timers/promises'
import type { Database, Tx } from '@packline/database/client.ts'
import { judgeFirstStep } from '@packline/domain/accounts/sign-in-lock.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditLock } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { hashPassword, verifyPassword } from '../../platform/password-hash.ts'
import {
  findUserByEmail,
  lockUser,
  savePasswordHash,
  saveSignInState,
  type User,
} from '../users/users.store.ts'

export type PasswordOutcome<Value> =
  | { kind: 'accepted'; value: Value }
  | { kind: 'refused'; userId: string | undefined; reason: 'unknown-user' | 'wrong-password' | 'locked' }

/** A hash takes 40 ms; writing down a bad sign-in some more, which an unknown user does not cost. */
const refusalMillis = 150

/** Refuses after a time that does not tell what there was to do, and so not whether the user exists. */
export async function refusingSlowly<Outcome extends { kind: string }>(
  check: () => Promise<Outcome>,
): Promise<Outcome> {
  const startedAt = performance.now()
  const outcome = await check()
  if (outcome.kind === 'refused') await wait(Math.max(0, startedAt + refusalMillis - performance.now()))
  return outcome
}

export type PasswordShown = { email: string; password: string; requestId: string; source: Actor['source'] }

/**
 * Checks a password, counting bad ones towards the lock, and goes on in the same transaction when it is right. It is
 * hashed outside the transaction, also for users that do not exist; whoever changed it meanwhile wins.
 */
export async function checkPassword<Value>(
  db: Database,
  { email, password, requestId, source }: PasswordShown,
  goOn: (tx: Tx, user: User, now: Temporal.Instant) => Promise<Value>,
): Promise<PasswordOutcome<Value>> {
  const known = await findUserByEmail(db, cleanLine(email))
  const check = await verifyPassword(password, known?.passwordHash ?? undefined)
  const newHash = check.matches && check.isOutdated ? await hashPassword(password) : undefined
  if (!known) return { kind: 'refused', userId: undefined, reason: 'unknown-user' }

  return db.$transaction(async (tx): Promise<PasswordOutcome<Value>> => {
    const now = await businessNow(tx)
    const user = await lockUser(tx, known.id)
    if (!user) return { kind: 'refused', userId: undefined, reason: 'unknown-user' }

    const matches = check.matches && user.passwordHash === known.passwordHash
    const decision = judgeFirstStep(user, matches, now)
    await saveSignInState(tx, user.id, decision.state)
    await auditLock(tx, user, { state: decision.state, requestId, source, now })
    if (decision.kind !== 'accepted') return { kind: 'refused', userId: user.id, reason: decision.kind }

    if (newHash) await savePasswordHash(tx, user.id, newHash)
    return { kind: 'accepted', value: await goOn(tx, user, now) }
  })
}
