import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { type AuditAddress, filtersOf } from './audit-address.ts'

const auditPageSize = 50

/** Filters as the server takes them: what is not chosen is left out. */
const chosen = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))

export const auditQueries = {
  page: (address: AuditAddress) => {
    const { after, before } = address
    const query = chosen({ ...filtersOf(address), after, before })
    return queryOptions({
      queryKey: ['audit-log', 'page', query],
      queryFn: ({ signal }) => api.listAuditEntries({ ...query, pageSize: auditPageSize }, signal),
      placeholderData: keepPreviousData,
    })
  },
  actors: queryOptions({
    queryKey: ['audit-log', 'actors'],
    queryFn: ({ signal }) => api.listAuditActors(signal),
  }),
  entry: (entryId: string) =>
    queryOptions({
      queryKey: ['audit-log', 'entry', entryId],
      queryFn: ({ signal }) => api.getAuditEntry(entryId, signal),
    }),
}

export const auditCsvUrl = (address: AuditAddress) => api.auditCsvUrl(chosen(filtersOf(address)))
