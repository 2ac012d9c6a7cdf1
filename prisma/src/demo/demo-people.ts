import type { DefaultRole, Privilege } from '@packline/domain/access/privileges.ts'

/** Of all demo users. Published, which is why the demo is refused in production. */
export const demoPassword = 'packline-demo'

/** API tokens of demo users, published like the password. */
export const demoTokens = [
  { email: 'release.manager@orchard.example', token: 'packline-demo-token' },
  { email: 'operator@bluebird.example', token: 'packline-demo-token-bluebird' },
] as const

export const demoAccountNames = {
  'orchard-7Q2X1A': 'Orchard Integrations',
  'bluebird-4K8M2C': 'Bluebird Logistics',
  'kathmandu-9T3W5D': 'Kathmandu Trading',
  'chatham-2P6R8E': 'Chatham Fisheries',
  'suspended-5D1F7G': 'Suspended Stores',
} as const

export type DemoAccountId = keyof typeof demoAccountNames

export type DemoPerson = {
  email: string
  firstName: string
  lastName: string
  roleName: string
  /** One of the default roles, or the privileges of a role of the account's own. */
  role: DefaultRole | readonly Privilege[]
  accountId: DemoAccountId
  timeZone: string
}

/** Who can sign in to the demo: both sides of a release, four time zones, two of them not whole hours. */
export const demoPeople: readonly DemoPerson[] = [
  {
    email: 'release.manager@orchard.example',
    firstName: 'Rosa',
    lastName: 'Lindgren',
    roleName: 'Standard User',
    role: 'standard-user',
    accountId: 'orchard-7Q2X1A',
    timeZone: 'Europe/Berlin',
  },
  {
    email: 'admin@orchard.example',
    firstName: 'Adam',
    lastName: 'Whitfield',
    roleName: 'Administrator',
    role: 'administrator',
    accountId: 'orchard-7Q2X1A',
    timeZone: 'America/New_York',
  },
  {
    email: 'operator@bluebird.example',
    firstName: 'Bina',
    lastName: 'Shrestha',
    roleName: 'Production Support',
    role: 'production-support',
    accountId: 'bluebird-4K8M2C',
    timeZone: 'Asia/Kathmandu',
  },
  {
    email: 'viewer@bluebird.example',
    firstName: 'Vera',
    lastName: 'Holt',
    roleName: 'Atom Viewer',
    role: ['atom-management-read-access'],
    accountId: 'bluebird-4K8M2C',
    timeZone: 'Pacific/Chatham',
  },
  {
    email: 'operator@chatham.example',
    firstName: 'Owen',
    lastName: 'Tahuri',
    roleName: 'Production Support',
    role: 'production-support',
    accountId: 'chatham-2P6R8E',
    timeZone: 'Pacific/Chatham',
  },
]
