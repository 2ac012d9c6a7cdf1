import type { AcceptedInvitation } from '@packline/contract/invitations.ts'
import { request } from '../../request.ts'
import { switchAccount } from '../../session-query.ts'

/** Accepts as the one who is signed in, who works in that account from then on. */
export async function acceptAndEnter(token: string) {
  const { accountId } = await request<AcceptedInvitation>('acceptAsUser', { body: { token } })
  await switchAccount(accountId)
}
