import { allPrivileges, type Privilege } from '@packline/domain/access/privileges.ts'
import { badData } from '../codec/bad-data.ts'

/** What each privilege is called by clients of this API. */
const codes: Record<Privilege, string> = {
  'integration-pack': 'INTEGRATION_PACK',
  'packaged-component-management': 'PACKAGE_MANAGEMENT',
  'packaged-component-deployment': 'DEPLOY',
  'atom-management': 'ATOM_MANAGEMENT',
  'atom-management-read-access': 'ATOM_MANAGEMENT_READ_ONLY',
  'environment-management': 'ENV_MANAGEMENT',
  'account-group-management': 'ACCOUNT_GROUP_ADMIN',
  'account-administration': 'ACCOUNT_ADMIN',
  'user-management': 'USER_MANAGEMENT',
  'api-access': 'API',
  'view-audit-logs': 'VIEW_AUDIT_LOGS',
  'cloud-management': 'CLOUD_MANAGEMENT',
  dashboard: 'DASHBOARD',
  'process-library': 'PROCESS_LIBRARY',
  scheduling: 'SCHEDULE_MAINTENANCE',
  execute: 'EXECUTE',
  'view-results': 'VIEW_RESULT',
  'view-data': 'VIEW_DATA',
  licensing: 'LICENSING',
}

/** Codes that clients send for what needs no privilege here. */
const withoutMeaning = new Set(['BUILD', 'BUILD_READ_ONLY'])

export const codeOf = (privilege: Privilege): string => codes[privilege]

/** The privileges that these codes stand for. */
export function privilegesOfCodes(given: readonly string[]): Privilege[] {
  return given
    .map((code) => code.trim().toUpperCase())
    .filter((code) => !withoutMeaning.has(code))
    .map((code) => {
      const found = allPrivileges.find((privilege) => codes[privilege] === code)
      if (found) return found
      throw badData(
        `The privilege "${code.slice(0, 50)}" is not known. Use some of ${Object.values(codes).join(', ')}.`,
      )
    })
}
