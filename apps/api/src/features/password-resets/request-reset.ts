import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '@packline/database/client.ts'
import { resetMinutes, resetsPerHour } from '@packline/domain/accounts/link-limits.ts'
import { passwordResetMail } from '@packline/domain/accounts/link-mails.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { sendMail } from '../../platform/mail-outbox.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { findUserByEmail, lockUser } from '../users/users.store.ts'
import { countRecentResets, insertReset } from './password-resets.store.ts'

/** Longer than finding a user and writing a mail for them take. */
const answerMillis = 150

/**
 * Mails a link for a new password to the user of this address, if there is one and there were not too many. Whoever asks
 * gets no answer to that, and always after the same time.
 */
export async function requestReset(
  db: Database,
  { email, linkBase }: { email: string; linkBase: string | null },
) {
  const startedAt = performance.now()
  if (linkBase !== null) await sendTo(db, cleanLine(email), linkBase)
  await wait(Math.max(0, startedAt + answerMillis - performance.now()))
}

async function sendTo(db: Database, email: string, linkBase: string) {
  const known = await findUserByEmail(db, email)
  if (!known) return
  await db.$transaction(async (tx) => {
    const user = await lockUser(tx, known.id)
    if (!user || (await countRecentResets(tx, user.id)) >= resetsPerHour) return
    const token = newToken()
    const tokenHash = hashToken(token)
    await insertReset(tx, { userId: user.id, tokenHash, shownInAccountId: null })
    const link = `${linkBase}/reset-password#token=${token}`
    await sendMail(tx, {
      key: `password reset ${tokenHash.toString('base64url')}`,
      to: { address: user.email },
      ...passwordResetMail({ administratorName: null, link }),
      usefulForMinutes: resetMinutes,
    })
  })
}
