import type { AuditSource } from '@packline/contract/audit-log.ts'
import {
  type AuditAction,
  auditActionTable,
  type AuditObjectType,
  auditObjectTable,
} from '@packline/domain/audit/audit-actions.ts'
import { identifier, maybeOneOf, text, type UrlField, type UrlStateOf } from '../../lib/use-url-state.ts'

// The keys of the records.
export const allActions = Object.keys(auditActionTable) as AuditAction[]
export const allObjectTypes = Object.keys(auditObjectTable) as AuditObjectType[]
export const sources: readonly AuditSource[] = ['UI', 'API', 'INTERNAL']

const date = (): UrlField<string> => ({
  initial: '',
  read: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined),
  write: (value) => value,
})

/** What narrows the log down, the place in it and the entry that is open; all of it in the address. */
export const auditFields = {
  actor: identifier(),
  action: maybeOneOf<AuditAction>(allActions),
  objectType: maybeOneOf<AuditObjectType>(allObjectTypes),
  objectId: text(),
  source: maybeOneOf<AuditSource>(sources),
  from: date(),
  to: date(),
  search: text(),
  after: text(),
  before: text(),
  entry: identifier(),
}
export type AuditAddress = UrlStateOf<typeof auditFields>
export type AuditFilters = Omit<AuditAddress, 'after' | 'before' | 'entry'>

/** Another choice begins at the newest entry that it leaves. */
export const choosing = (change: Partial<AuditFilters>): Partial<AuditAddress> => ({
  ...change,
  after: '',
  before: '',
  entry: null,
})

const noFilters: AuditFilters = {
  actor: null,
  action: null,
  objectType: null,
  objectId: '',
  source: null,
  from: '',
  to: '',
  search: '',
}
export const wholeLog = choosing(noFilters)
/** Everything about one thing, or by one actor, whatever was chosen before. */
export const only = (filters: Partial<AuditFilters>) => choosing({ ...noFilters, ...filters })

export const filtersOf = (address: AuditAddress): AuditFilters => {
  const { actor, action, objectType, objectId, source, from, to, search } = address
  return { actor, action, objectType, objectId, source, from, to, search }
}
export const isNarrowed = (address: AuditAddress) =>
  Object.values(filtersOf(address)).some((value) => value !== null && value !== '')
