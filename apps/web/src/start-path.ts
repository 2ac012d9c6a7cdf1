import type { SessionView } from '@packline/contract/session.ts'
import { paths } from './paths.ts'
import { permissionOf } from './session.ts'

/** Where someone begins: the first screen that they may see. */
export function startPathFor(session: SessionView): string {
  if (permissionOf(session, 'view-packs').kind === 'allowed') return paths.packs()
  // Without packs of its own an account is there to run those of others.
  if (permissionOf(session, 'view-environments').kind === 'allowed') return paths.atomManagement()
  if (permissionOf(session, 'view-installations').kind === 'allowed') return paths.installations()
  if (permissionOf(session, 'view-packages').kind === 'allowed') return paths.packagedComponents()
  return paths.userInformation()
}
