import { createHash } from 'node:crypto'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { Tx } from '../client.ts'
import { userId } from './demo-accounts.ts'
import { actorNamed } from './demo-actors.ts'
import type { AuditedEvent } from './demo-audit.ts'
import { type DemoCalendar, toDate } from './demo-calendar.ts'
import { demoId } from './demo-id.ts'
import { demoPeople, demoTokens } from './demo-people.ts'

/** The role that lets scripts in, beside the one that people have anyway. */
export const apiClient: { name: string; privileges: Privilege[] } = {
  name: 'API client',
  privileges: ['api-access'],
}

const tokens = demoTokens.flatMap((token) =>
  demoPeople
    .filter(({ email }) => email === token.email)
    .map((person) => ({ ...token, person, id: demoId('api-token', token.email) })),
)

const madeAt = (calendar: DemoCalendar) => calendar.daysAgo(30, '09:10')
const tokenName = 'Demo script'

/** Scripts' ways in: published as the passwords are, and in the demo only. */
export async function writeTokens(tx: Tx, calendar: DemoCalendar) {
  for (const { person, token, id } of tokens) {
    const { accountId } = person
    const createdAt = toDate(madeAt(calendar))
    const role = await tx.role.create({
      data: { id: demoId('role', accountId, apiClient.name), accountId, ...apiClient, createdAt },
    })
    await tx.membership.create({ data: { userId: userId(person), accountId, roleId: role.id, createdAt } })
    const tokenHash = createHash('sha256').update(token).digest()
    await tx.apiToken.create({
      data: { id, userId: userId(person), accountId, name: tokenName, tokenHash, createdAt },
    })
  }
}

export const tokenEvents = (calendar: DemoCalendar): AuditedEvent[] =>
  tokens.map(({ person, id }) => ({
    at: madeAt(calendar),
    accountId: person.accountId,
    author: actorNamed(person.firstName),
    action: 'user.token ADD',
    objectType: 'api-token',
    objectId: id,
    after: { name: tokenName, scopes: null, expiresAt: null },
  }))
