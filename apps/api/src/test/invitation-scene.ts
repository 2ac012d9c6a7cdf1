import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { createAccount, signInAs } from './people.ts'
import { callerOf, type TestApp } from './test-app.ts'

export type SentInvitation = {
  invitation: { id: string; email: string; roles: { label: string }[]; isExpired: boolean }
  isMailed: boolean
  link: string | null
}

type Inviter = Awaited<ReturnType<typeof signInAs>>

let invited = 0
export const newAddress = () => `invited-${++invited}@example.com`

/** An account with an administrator. */
export async function createOffice(test: TestApp) {
  const accountId = await createAccount(test)
  return { accountId, admin: await signInAs(test, { accountId, role: 'administrator' }) }
}

/** Invites as this administrator and says the link's token, which is there when no mail was sent. */
export async function invite(
  admin: Inviter,
  email = newAddress(),
  roleIds: readonly string[] = [defaultRoleTable.support.id],
) {
  const answer = await admin.call('POST', '/invitations', { body: { email, roleIds } })
  if (answer.statusCode !== 201) throw new Error(`Nobody was invited: ${answer.body}`)
  const sent = answer.json<SentInvitation>()
  return { ...sent, id: sent.invitation.id, email, token: tokenOf(sent) }
}

export const tokenOf = ({ link }: Pick<SentInvitation, 'link'>) => /#token=(.+)$/.exec(link ?? '')?.[1] ?? ''

/** What somebody does who has a link and is not signed in. */
export function linkHolder({ app }: TestApp, password: string) {
  const call = callerOf(app)
  return {
    read: (token: string) => call('POST', '/invitation-links/reading', { body: { token } }),
    acceptNew: (token: string, change: Record<string, string> = {}) =>
      call('POST', '/invitation-links/new-user', {
        body: { token, firstName: 'Ada', lastName: 'Lovelace', password, ...change },
      }),
    signIn: (email: string) => call('POST', '/session', { body: { email, password } }),
  }
}

export const expireInvitation = ({ db }: TestApp, id: string) =>
  db.invitation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } })

/** The status of what was done, the code of what was refused. */
export const outcomeOf = ({ statusCode, body }: { statusCode: number; body: string }) =>
  statusCode < 300 ? statusCode : (JSON.parse(body) as { code: string }).code

export const actionsOf = async ({ db }: TestApp, accountId: string) =>
  (await db.auditEntry.findMany({ where: { accountId } })).map(({ action }) => action).toSorted()
