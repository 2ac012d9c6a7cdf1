import type * as g from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { SharingToll } from '@packline/domain/account-groups/sharing-toll.ts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'
import { etagOf, request } from '../../request.ts'

export const pageSize = 50
/** How many are loaded at a time where several are chosen. */
const choicePageSize = 100

export type PageQuery = { search: string; page: number }
type ListName = 'listGroupAccounts' | 'listGroupUsers' | 'listGroupPacks'
export type ChoiceName = 'listAddableAccounts' | 'listAddableUsers' | 'listShareablePacks'

const pageOf = <Row>(name: ListName, groupId: string, query: PageQuery) =>
  queryOptions({
    queryKey: ['account-groups', groupId, name, query],
    queryFn: ({ signal }) =>
      request<PageOf<Row>>(name, { params: { groupId }, query: { ...query, pageSize }, signal }),
    placeholderData: keepPreviousData,
  })

/** What can be added to a group, page by page. */
export const choicesOf = <Row>(name: ChoiceName, groupId: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['account-groups', groupId, name, search],
    staleTime: 0,
    initialPageParam: 1,
    queryFn: ({ pageParam: page, signal }) =>
      request<PageOf<Row>>(name, {
        params: { groupId },
        query: { search, page, pageSize: choicePageSize },
        signal,
      }),
    getNextPageParam: ({ page, total }) => (page * choicePageSize < total ? page + 1 : undefined),
  })

/** Whatever is read of one group lies under this. */
export const groupKey = (groupId: string) => ['account-groups', groupId]

export const groupQueries = {
  list: () =>
    queryOptions({
      queryKey: ['account-groups', 'list'],
      queryFn: ({ signal }) => request<g.AccountGroupView[]>('listAccountGroups', { signal }),
    }),
  accounts: (groupId: string, query: PageQuery) =>
    pageOf<g.GroupAccount>('listGroupAccounts', groupId, query),
  users: (groupId: string, query: PageQuery) => pageOf<g.GroupUser>('listGroupUsers', groupId, query),
  packs: (groupId: string, query: PageQuery) => ({
    ...pageOf<g.GroupPack>('listGroupPacks', groupId, query),
    // Soon while installations catch up, otherwise when somebody comes back to the page.
    refetchInterval: ({ state }: { state: { data?: PageOf<g.GroupPack> | undefined } }) =>
      state.data?.rows.some(({ isCatchingUp }) => isCatchingUp) === true ? 2_000 : (false as const),
  }),
  roles: (groupId: string) =>
    queryOptions({
      queryKey: ['account-groups', groupId, 'roles'],
      queryFn: ({ signal }) => request<g.SharedRole[]>('listGroupRoles', { params: { groupId }, signal }),
    }),
  roleChoices: (groupId: string) =>
    queryOptions({
      queryKey: ['account-groups', groupId, 'role-choices'],
      queryFn: ({ signal }) =>
        request<g.GroupRole[]>('listGroupRoleChoices', { params: { groupId }, signal }),
    }),
  membership: (accountId: string) =>
    queryOptions({
      queryKey: ['account-groups', 'membership', accountId],
      queryFn: ({ signal }) =>
        request<g.MembershipView>('listAccountMembership', { params: { accountId }, signal }),
    }),
  assignedUsers: (accountId: string) =>
    queryOptions({
      queryKey: ['account-groups', 'assigned-users', accountId],
      queryFn: ({ signal }) =>
        request<g.AssignedUsers>('listAssignedUsers', { params: { accountId }, signal }),
    }),
  userGroups: (userId: string) =>
    queryOptions({
      queryKey: ['account-groups', 'user-groups', userId],
      queryFn: ({ signal }) => request<g.UserGroups>('listUserGroups', { params: { userId }, signal }),
    }),
  deletionPreview: (groupId: string) =>
    queryOptions({
      queryKey: ['account-groups', groupId, 'deletion-preview'],
      staleTime: 0,
      queryFn: ({ signal }) =>
        request<g.RemovalPreview>('previewGroupDeletion', { params: { groupId }, signal }),
    }),
  accountRemoval: (groupId: string, accountIds: readonly string[]) =>
    queryOptions({
      queryKey: ['account-groups', groupId, 'account-removal', accountIds],
      staleTime: 0,
      queryFn: ({ signal }) =>
        request<g.RemovalPreview>('previewAccountRemoval', {
          params: { groupId },
          body: { accountIds },
          signal,
        }),
    }),
  unshare: (groupId: string, packIds: readonly string[]) =>
    queryOptions({
      queryKey: ['account-groups', groupId, 'unshare', packIds],
      staleTime: 0,
      queryFn: ({ signal }) =>
        request<SharingToll>('previewUnshare', { params: { groupId }, body: { packIds }, signal }),
    }),
}

export const saveGroup = (group: g.AccountGroupView | null, body: g.CreateGroupBody) =>
  sendOnce(['save group', group?.id, group?.version, body], (idempotencyKey) =>
    group === null
      ? request<g.AccountGroupView>('createAccountGroup', { body, idempotencyKey })
      : request<g.AccountGroupView>('editAccountGroup', {
          params: { groupId: group.id },
          body,
          idempotencyKey,
          ifMatch: etagOf(group.version),
        }),
  )

export const deleteGroup = ({ id, version }: g.AccountGroupView) =>
  sendOnce(['delete group', id], (idempotencyKey) =>
    request<unknown>('deleteAccountGroup', {
      params: { groupId: id },
      idempotencyKey,
      ifMatch: etagOf(version),
    }),
  )

type GroupWrite =
  | 'addGroupAccounts'
  | 'removeGroupAccounts'
  | 'sharePacks'
  | 'unsharePacks'
  | 'shareRoles'
  | 'unshareRole'
  | 'addGroupUser'
  | 'editGroupUser'
  | 'removeGroupUser'

type Params = { groupId: string; userId?: string; roleId?: string }

/** Changes what is in a group; with a tag only if that is still how the group is. */
export const changeGroup = (name: GroupWrite, params: Params, body?: unknown, ifMatch?: string) =>
  sendOnce([name, params, body, ifMatch], (idempotencyKey) =>
    request<unknown>(name, { params, idempotencyKey, ifMatch, ...(body !== undefined && { body }) }),
  )

const roots: ReadonlySet<unknown> = new Set(['account-groups', 'managed-accounts', 'packs'])

/** After any change: whatever shows groups, accounts or packs is read again, but not of a group that is gone. */
export async function refreshGroups(goneId?: string) {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [root, id] }) => roots.has(root) && (goneId === undefined || id !== goneId),
  })
}
