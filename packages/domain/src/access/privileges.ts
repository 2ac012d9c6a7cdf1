export type DefaultRole = 'administrator' | 'standard-user' | 'production-support' | 'support'

/** The four roles every account has. Their ids are the same in all accounts of the Platform API. */
export const defaultRoleTable: Record<DefaultRole, { label: string; id: string }> = {
  administrator: { label: 'Administrator', id: 'fcb6dd44-0ca8-11e2-a477-1231381987a5' },
  'standard-user': { label: 'Standard User', id: 'fcb6e2d0-0ca8-11e2-a477-1231381987a5' },
  'production-support': { label: 'Production Support', id: 'fcb6e3b6-0ca8-11e2-a477-1231381987a5' },
  support: { label: 'Support', id: 'fcb6e474-0ca8-11e2-a477-1231381987a5' },
}

export type Privilege =
  | 'integration-pack'
  | 'packaged-component-management'
  | 'packaged-component-deployment'
  | 'atom-management'
  | 'atom-management-read-access'
  | 'environment-management'
  | 'account-group-management'
  | 'account-administration'
  | 'user-management'
  | 'api-access'
  | 'view-audit-logs'
  | 'cloud-management'
  | 'dashboard'
  | 'process-library'
  | 'scheduling'
  | 'execute'
  | 'view-results'
  | 'view-data'
  | 'licensing'

const administrator = ['administrator'] as const
const developers = ['administrator', 'standard-user'] as const
const operators = ['administrator', 'standard-user', 'production-support'] as const
const everyone = ['administrator', 'standard-user', 'production-support', 'support'] as const

/** Every privilege, what it gives and which default roles hold it. The API, the screens and the tests share this table. */
export const privilegeTable: Record<
  Privilege,
  { label: string; gives: string; roles: readonly DefaultRole[] }
> = {
  'integration-pack': {
    label: 'Integration Pack',
    gives: 'create, edit and release integration packs and manage their versions',
    roles: developers,
  },
  'packaged-component-management': {
    label: 'Packaged Component Management',
    gives: 'create and manage packaged components',
    roles: developers,
  },
  'packaged-component-deployment': {
    label: 'Packaged Component Deployment',
    gives: 'deploy packaged components; install and attach integration packs',
    roles: operators,
  },
  'atom-management': {
    label: 'Atom Management',
    gives: 'change Atom settings and apply pending updates',
    roles: operators,
  },
  'atom-management-read-access': {
    label: 'Atom Management Read Access',
    gives: 'view Atom Management without changing anything',
    roles: operators,
  },
  'environment-management': {
    label: 'Environment Management',
    gives: 'manage environments, together with Atom Management',
    roles: developers,
  },
  'account-group-management': {
    label: 'Account Group Management',
    gives: 'manage account groups and share integration packs with them',
    roles: administrator,
  },
  'account-administration': {
    label: 'Account Administration',
    gives: 'change the account and its settings',
    roles: administrator,
  },
  'user-management': { label: 'User Management', gives: 'manage users and roles', roles: administrator },
  'api-access': { label: 'API Access', gives: 'use API tokens and the Platform API', roles: administrator },
  'view-audit-logs': { label: 'View Audit Logs', gives: 'read the audit log', roles: administrator },
  'cloud-management': { label: 'Cloud Management', gives: 'manage Atom Clouds', roles: administrator },
  dashboard: { label: 'Dashboard', gives: 'see the dashboard', roles: administrator },
  'process-library': {
    label: 'Process Library',
    gives: 'publish templates in the Process Library',
    roles: developers,
  },
  scheduling: { label: 'Scheduling', gives: 'manage process schedules', roles: operators },
  execute: { label: 'Execute', gives: 'run processes', roles: everyone },
  'view-results': { label: 'View Results', gives: 'see the results of runs', roles: everyone },
  'view-data': { label: 'View Data', gives: 'see the data of runs', roles: everyone },
  licensing: { label: 'Licensing', gives: 'see the licences in use', roles: everyone },
}

export const allPrivileges = Object.keys(privilegeTable) as readonly Privilege[] // the record is keyed by Privilege

/** Roles are stored by name; a name that no table has any more grants nothing. */
export const isPrivilege = (name: string): name is Privilege => Object.hasOwn(privilegeTable, name)
export const isDefaultRole = (name: string): name is DefaultRole => Object.hasOwn(defaultRoleTable, name)

/** A role as a user holds it: one of the four default roles, or a custom role with its own privileges. */
export type HeldRole = { defaultRole: DefaultRole | null; privileges: readonly Privilege[] }

/** The union of the privileges of all roles held. A default role's privileges always come from the table. */
export function privilegesOf(roles: readonly HeldRole[]): ReadonlySet<Privilege> {
  return new Set(
    roles.flatMap(({ defaultRole, privileges }) =>
      defaultRole === null
        ? privileges
        : allPrivileges.filter((privilege) => privilegeTable[privilege].roles.includes(defaultRole)),
    ),
  )
}
