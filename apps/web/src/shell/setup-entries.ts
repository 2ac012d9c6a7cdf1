import type { SessionView } from '@packline/contract/session.ts'
import type { Action } from '@packline/domain/access/actions.ts'
import { paths } from '../paths.ts'
import { permissionOf } from '../session.ts'

export type SetupEntry = { label: string; to: string; needs: Action }

const entries: readonly SetupEntry[] = [
  { label: 'Account Information', to: paths.accountInformation(), needs: 'view-account' },
  { label: 'Accounts', to: paths.managedAccounts(), needs: 'view-managed-accounts' },
  { label: 'Account Groups', to: paths.accountGroups(), needs: 'view-account-groups' },
  { label: 'User Management', to: paths.accountUsers(), needs: 'view-users' },
  { label: 'Roles', to: paths.roles(), needs: 'view-roles' },
  { label: 'Audit Log', to: paths.auditLog(), needs: 'view-audit-log' },
  { label: 'Webhooks', to: paths.webhooks(), needs: 'view-webhooks' },
]

/** The tabs of Account Information and Setup that this user has in this account. */
export const setupEntriesFor = (session: SessionView): SetupEntry[] =>
  entries.filter(({ needs }) => permissionOf(session, needs).kind === 'allowed')
