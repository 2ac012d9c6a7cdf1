import type { SessionView } from '@packline/contract/session.ts'
import type { Action } from '@packline/domain/access/actions.ts'
import { paths } from '../paths.ts'
import { permissionOf } from '../session.ts'

export type NavEntry = { area: string; label: string; to: string; key: string; needs: Action }

const entries: readonly NavEntry[] = [
  { area: 'Build', label: 'Components', to: paths.components(), key: 'c', needs: 'view-components' },
  {
    area: 'Deploy',
    label: 'Packaged Components',
    to: paths.packagedComponents(),
    key: 'p',
    needs: 'view-packages',
  },
  {
    area: 'Deploy',
    label: 'Integration Packs',
    to: paths.installations(),
    key: 'd',
    needs: 'view-installations',
  },
  { area: 'Manage', label: 'Integration Packs', to: paths.packs(), key: 'i', needs: 'view-packs' },
  {
    area: 'Manage',
    label: 'Atom Management',
    to: paths.atomManagement(),
    key: 'a',
    needs: 'view-environments',
  },
  {
    area: 'Settings',
    label: 'User Information',
    to: paths.userInformation(),
    key: 'u',
    needs: 'manage-own-profile',
  },
  {
    area: 'Settings',
    label: 'Account Information and Setup',
    to: paths.accountInformation(),
    key: 's',
    needs: 'view-account',
  },
]

/** The screens that this user has in this account. What the account lacks is not in the navigation at all. */
export const navEntriesFor = (session: SessionView): NavEntry[] =>
  entries.filter(({ needs }) => permissionOf(session, needs).kind === 'allowed')
