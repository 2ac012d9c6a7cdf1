import { invitationPage } from '@packline/domain/accounts/invitation-page.ts'
import type { Tx } from '@packline/database/client.ts'
import { invitationMail } from '@packline/domain/accounts/link-mails.ts'
import type { Actor } from '../../platform/actor.ts'
import { sendMail } from '../../platform/mail-outbox.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { findAccountName } from './invitations.store.ts'

/** Where the server's links lead when they go out by mail; null: there is no mail server, whoever asks sees the link. */
export type LinkBase = string | null

/** A new link: its secret, and what the database keeps of it. */
export function newLink() {
  const token = newToken()
  return { token, tokenHash: hashToken(token) }
}

type Invited = { invitationId: string; email: string; token: string; linkBase: LinkBase }

/** Mails an invitation's link to the one invited, or gives it back to be shown once. */
export async function sendLink(
  tx: Tx,
  actor: Actor,
  { invitationId, email, token, linkBase }: Invited,
): Promise<string | null> {
  const path = `${invitationPage}#token=${token}`
  if (linkBase === null) return path
  const accountName = await findAccountName(tx, actor.accountId)
  const mail = invitationMail({ accountName, invitedByName: actor.name, link: `${linkBase}${path}` })
  const key = `invitation ${invitationId} ${hashToken(token).toString('base64url').slice(0, 16)}`
  await sendMail(tx, { key, to: { address: email }, ...mail })
  return null
}
