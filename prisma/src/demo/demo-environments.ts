import type { Tx } from '../client.ts'
import type { AtomType, EnvironmentClassification } from '../generated/enums.ts'
import type { ManagedAccountId } from './demo-accounts.ts'
import { type DemoCalendar, toDate } from './demo-calendar.ts'
import { demoId } from './demo-id.ts'

type DemoEnvironment = {
  accountId: ManagedAccountId
  name: string
  classification: EnvironmentClassification
  atom: { name: string; type: AtomType } | null
}

const environments: readonly DemoEnvironment[] = [
  {
    accountId: 'bluebird-4K8M2C',
    name: 'Production',
    classification: 'PRODUCTION',
    atom: { name: 'bluebird-prod-1', type: 'ATOM' },
  },
  {
    accountId: 'bluebird-4K8M2C',
    name: 'Test',
    classification: 'TEST',
    atom: { name: 'bluebird-test-1', type: 'ATOM' },
  },
  {
    accountId: 'kathmandu-9T3W5D',
    name: 'Production',
    classification: 'PRODUCTION',
    atom: { name: 'kathmandu-molecule', type: 'MOLECULE' },
  },
  {
    accountId: 'chatham-2P6R8E',
    name: 'Production',
    classification: 'PRODUCTION',
    atom: { name: 'chatham-cloud', type: 'CLOUD' },
  },
  { accountId: 'chatham-2P6R8E', name: 'Test', classification: 'TEST', atom: null },
  {
    accountId: 'suspended-5D1F7G',
    name: 'Production',
    classification: 'PRODUCTION',
    atom: { name: 'suspended-prod-1', type: 'ATOM' },
  },
]

export const environmentId = (accountId: string, name: string) => demoId('environment', accountId, name)

/** The Atom of an environment; undefined for the one that has none. */
export function atomIn(environment: string): string | undefined {
  const found = environments.find(({ accountId, name }) => environmentId(accountId, name) === environment)
  return found?.atom ? demoId('atom', found.accountId, found.atom.name) : undefined
}

/** The node of an Atom that the demo begins with. It has no credential, so it goes when a real one registers. */
export const nodeOf = (atomId: string) => demoId('atom node', atomId)

/** Environments and their Atoms, each with a node that was last heard from when the demo was made. */
export async function writeEnvironments(tx: Tx, calendar: DemoCalendar) {
  const createdAt = toDate(calendar.daysAgo(58, '10:00'))
  await tx.environment.createMany({
    data: environments.map(({ accountId, name, classification }) => ({
      id: environmentId(accountId, name),
      accountId,
      name,
      classification,
      createdAt,
    })),
  })
  const atoms = environments.flatMap(({ accountId, name, atom }) =>
    atom
      ? [
          {
            ...atom,
            id: demoId('atom', accountId, atom.name),
            accountId,
            environmentId: environmentId(accountId, name),
            createdAt,
          },
        ]
      : [],
  )
  await tx.atom.createMany({ data: atoms })
  await tx.atomNode.createMany({
    data: atoms.map(({ id, name }) => ({
      id: nodeOf(id),
      atomId: id,
      name,
      registeredAt: createdAt,
      lastSeenAt: toDate(calendar.now),
    })),
  })
}
