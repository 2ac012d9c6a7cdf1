import type { Database } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { businessNow } from '../../platform/clock.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { lockUser } from '../users/users.store.ts'
import { judgeCode } from './judge-code.ts'

type CodeShown = { userId: string; code: string; requestId: string; source: Actor['source'] }

/** For scripts, which show their code beside the password: is it right? It counts once, as at the sign-in. */
export function checkCode(
  db: Database,
  secrets: SecretBox,
  { userId, ...shown }: CodeShown,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) return false
    const { kind } = await judgeCode(tx, secrets, { user, ...shown }, await businessNow(tx))
    return kind === 'accepted'
  })
}
