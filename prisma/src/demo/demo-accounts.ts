import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import { featureTable } from '@packline/domain/accounts/features.ts'
import type { Tx } from '../client.ts'
import type { AccountStatus, EnvironmentSupport } from '../generated/enums.ts'
import { type DemoCalendar, toDate } from './demo-calendar.ts'
import { demoId } from './demo-id.ts'
import { type DemoAccountId, demoAccountNames, type DemoPerson, demoPeople } from './demo-people.ts'

export const publisherId = 'orchard-7Q2X1A' satisfies DemoAccountId
export type ManagedAccountId = Exclude<DemoAccountId, typeof publisherId>

type ManagedAccount = { status: AccountStatus; environmentSupport: EnvironmentSupport }

const managedAccounts: Record<ManagedAccountId, ManagedAccount> = {
  'bluebird-4K8M2C': { status: 'active', environmentSupport: 'UNLIMITED' },
  'kathmandu-9T3W5D': { status: 'active', environmentSupport: 'BASIC' },
  'chatham-2P6R8E': { status: 'active', environmentSupport: 'UNLIMITED' },
  'suspended-5D1F7G': { status: 'suspended', environmentSupport: 'BASIC' },
}
// The keys of the record above.
const managedIds = Object.keys(managedAccounts) as ManagedAccountId[]

export const isSuspended = (accountId: string) =>
  managedIds.some((id) => id === accountId && managedAccounts[id].status === 'suspended')

const consumerFeatures: readonly AccountFeature[] = [
  'integration-pack-api',
  'advanced-user-security',
  'api-management',
]
const manyEnvironments: readonly AccountFeature[] = ['unlimited-environments', 'test-connection-licensing']

/** The two account groups of the publisher; packs are shared through them. */
export const demoGroups = {
  'All Accounts': managedIds,
  'Retail customers': ['bluebird-4K8M2C', 'kathmandu-9T3W5D'],
} as const satisfies Record<string, readonly ManagedAccountId[]>

export type DemoGroupName = keyof typeof demoGroups
export const groupId = (name: DemoGroupName) => demoId('account-group', name)

export const userId = ({ email }: Pick<DemoPerson, 'email'>) => demoId('user', email)

/** Accounts, people with their roles, and account groups. */
export async function writeAccounts(tx: Tx, passwordHashes: readonly string[], calendar: DemoCalendar) {
  const createdAt = toDate(calendar.daysAgo(60, '08:00'))
  await tx.account.create({
    data: {
      id: publisherId,
      name: demoAccountNames[publisherId],
      features: Object.keys(featureTable),
      createdAt,
    },
  })
  await tx.account.createMany({
    data: managedIds.map((id) => {
      const account = managedAccounts[id]
      const more = account.environmentSupport === 'UNLIMITED' ? manyEnvironments : []
      return {
        id,
        name: demoAccountNames[id],
        primaryAccountId: publisherId,
        ...account,
        features: [...consumerFeatures, ...more],
        createdAt,
      }
    }),
  })
  await writePeople(tx, passwordHashes, createdAt)
  await writeGroups(tx, createdAt)
}

async function writePeople(tx: Tx, passwordHashes: readonly string[], createdAt: Date) {
  await tx.user.createMany({
    data: demoPeople.map((person, index) => {
      const { email, firstName, lastName, timeZone } = person
      const passwordHash = passwordHashes[index] ?? ''
      return { id: userId(person), email, firstName, lastName, timeZone, passwordHash, createdAt }
    }),
  })
  await tx.role.createMany({
    data: demoPeople.flatMap(({ role, roleName: name, accountId }) =>
      typeof role === 'string'
        ? []
        : [{ id: demoId('role', accountId, name), accountId, name, privileges: [...role], createdAt }],
    ),
  })
  await tx.membership.createMany({
    data: demoPeople.map((person) => ({
      userId: userId(person),
      accountId: person.accountId,
      roleId:
        typeof person.role === 'string'
          ? defaultRoleTable[person.role].id
          : demoId('role', person.accountId, person.roleName),
      createdAt,
    })),
  })
}

async function writeGroups(tx: Tx, createdAt: Date) {
  // All Accounts is there already, with everybody in it; here it only gets the demo's id and date.
  await tx.accountGroup.updateMany({
    where: { primaryAccountId: publisherId, isDefault: true },
    data: { id: groupId('All Accounts'), createdAt },
  })
  const name = 'Retail customers'
  await tx.accountGroup.create({
    data: {
      id: groupId(name),
      primaryAccountId: publisherId,
      name,
      createdAt,
      accounts: { create: demoGroups[name].map((accountId) => ({ accountId })) },
      // The publisher's administrator looks after these customers; signing in leads to the own account first.
      users: {
        create: { userId: caretakerId, roleId: defaultRoleTable['production-support'].id, createdAt },
      },
    },
  })
  await tx.user.update({ where: { id: caretakerId }, data: { lastSignedInAt: createdAt } })
  await tx.accountVisit.create({
    data: { userId: caretakerId, accountId: publisherId, visitedAt: createdAt },
  })
}

const caretakerId = userId({ email: 'admin@orchard.example' })
