import type { AuditEntryRow, AuditObject, AuditSource } from '@packline/contract/audit-log.ts'
import { type AuditObjectType, auditObjectTable } from '@packline/domain/audit/audit-actions.ts'
import { paths } from '../../paths.ts'

export const sourceLabels: Record<AuditSource, string> = {
  UI: 'Console',
  API: 'API',
  INTERNAL: 'Packline itself',
}

export const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** What kind of actor it was, where the name alone would not tell. */
export function actorNote({ actorKind, tokenName, tokenId }: AuditEntryRow): string | null {
  if (actorKind === 'TOKEN') return `with the API token ${tokenName ?? tokenId ?? ''}`.trim()
  if (actorKind === 'ATOM') return 'Atom'
  return null
}

const isObjectType = (type: string): type is AuditObjectType => Object.hasOwn(auditObjectTable, type)
export const objectLabel = ({ type }: AuditObject) => (isObjectType(type) ? auditObjectTable[type] : type)

/** Where the thing can be seen, while it is there. */
export function objectPath({ type, id, isThere, packId, installationId }: AuditObject): string | null {
  if (!isThere) return null
  if (packId !== null) return type === 'release' ? paths.release(packId, id) : paths.pack(packId)
  if (installationId !== null) return paths.installation(installationId)
  switch (type) {
    case 'component':
      return paths.component(id)
    case 'packaged-component':
      return paths.packagedComponents({ details: id })
    case 'environment':
      return paths.environment(id)
    case 'atom':
      return paths.atom(id)
    case 'account-group':
      return paths.accountGroup(id)
    case 'webhook':
      return paths.webhook(id)
    case 'user':
      return paths.accountUsers()
    case 'role':
      return paths.roles()
    default:
      return null
  }
}
