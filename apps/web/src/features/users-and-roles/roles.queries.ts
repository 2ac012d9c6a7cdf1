import type { PageOf } from '@packline/contract/field.ts'
import type { RoleBody, RoleDetails, RoleView } from '@packline/contract/roles.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'
import { etagOf, request } from '../../request.ts'

type RoleListQuery = { filter?: string; page?: number; pageSize?: number }

export const roleQueries = {
  list: (query: RoleListQuery = {}) =>
    queryOptions({
      queryKey: ['roles', 'list', query],
      queryFn: ({ signal }) => request<PageOf<RoleView>>('listRoles', { query, signal }),
      placeholderData: keepPreviousData,
    }),
  one: (roleId: string) =>
    queryOptions({
      queryKey: ['roles', 'one', roleId],
      queryFn: ({ signal }) => request<RoleDetails>('getRole', { params: { roleId }, signal }),
    }),
}

export const createRole = (body: RoleBody) =>
  sendOnce(['create role', body], (idempotencyKey) =>
    request<RoleDetails>('createRole', { body, idempotencyKey }),
  )

type Seen = { id: string; version: number }

export const editRole = ({ id, version }: Seen, body: RoleBody) =>
  sendOnce(['edit role', id, version, body], (idempotencyKey) =>
    request<RoleDetails>('editRole', {
      params: { roleId: id },
      body,
      idempotencyKey,
      ifMatch: etagOf(version),
    }),
  )

export const deleteRole = ({ id, version }: Seen) =>
  sendOnce(['delete role', id, version], (idempotencyKey) =>
    request<unknown>('deleteRole', { params: { roleId: id }, idempotencyKey, ifMatch: etagOf(version) }),
  )

/** What a role gives is told beside users as well. */
export const refreshRoles = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['roles'] }),
    queryClient.invalidateQueries({ queryKey: ['users'] }),
  ])

/** After a role has gone: the lists, and not the role that is there no more. */
export const refreshRoleLists = () => queryClient.invalidateQueries({ queryKey: ['roles', 'list'] })
