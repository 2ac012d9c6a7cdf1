import type {
  AccountUserView,
  accountUserQuery,
  RemovedUser,
  SentReset,
} from '@packline/contract/account-users.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { InvitationView, InviteBody, SentInvitation } from '@packline/contract/invitations.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { input } from 'zod'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'
import { request, requestWithETag } from '../../request.ts'

export type UserListQuery = Partial<Record<keyof input<typeof accountUserQuery>, string | number>>

export const userQueries = {
  list: (query: UserListQuery) =>
    queryOptions({
      queryKey: ['users', 'list', query],
      queryFn: ({ signal }) => request<PageOf<AccountUserView>>('listUsers', { query, signal }),
      placeholderData: keepPreviousData,
    }),
  one: (userId: string) =>
    queryOptions({
      queryKey: ['users', 'one', userId],
      queryFn: ({ signal }) => requestWithETag<AccountUserView>('getUser', { params: { userId }, signal }),
    }),
  invitations: (page: number) =>
    queryOptions({
      queryKey: ['users', 'invitations', page],
      queryFn: ({ signal }) =>
        request<PageOf<InvitationView>>('listInvitations', { query: { page, pageSize: 10 }, signal }),
      placeholderData: keepPreviousData,
    }),
}

export const invite = (body: InviteBody) =>
  sendOnce(['invite', body], (idempotencyKey) =>
    request<SentInvitation>('inviteUser', { body, idempotencyKey }),
  )

export const resend = (invitationId: string) =>
  sendOnce(['send invitation again', invitationId], (idempotencyKey) =>
    request<SentInvitation>('resendInvitation', { params: { invitationId }, idempotencyKey }),
  )

export const withdraw = (invitationId: string) =>
  sendOnce(['withdraw invitation', invitationId], (idempotencyKey) =>
    request<unknown>('withdrawInvitation', { params: { invitationId }, idempotencyKey }),
  )

type Seen = { userId: string; etag: string | null }

/** Without the tag of what was seen: whatever the roles are now. */
export const changeRoles = ({ userId, etag }: Seen, roleIds: readonly string[]) =>
  sendOnce(['change roles', userId, etag, roleIds], (idempotencyKey) =>
    request<AccountUserView>('changeUserRoles', {
      params: { userId },
      body: { roleIds },
      idempotencyKey,
      ifMatch: etag ?? undefined,
    }),
  )

export const removeUser = (userId: string) =>
  sendOnce(['remove user', userId], (idempotencyKey) =>
    request<RemovedUser>('removeUser', { params: { userId }, idempotencyKey }),
  )

export const unlockUser = (userId: string) =>
  sendOnce(['unlock user', userId], (idempotencyKey) =>
    request<unknown>('unlockUser', { params: { userId }, idempotencyKey }),
  )

export const turnOffTwoStepOf = (userId: string) =>
  sendOnce(['turn off two-step sign-in', userId], (idempotencyKey) =>
    request<unknown>('turnOffTwoStepOf', { params: { userId }, idempotencyKey }),
  )

export const sendPasswordLink = (userId: string) =>
  sendOnce(['send password link', userId], (idempotencyKey) =>
    request<SentReset>('sendPasswordReset', { params: { userId }, idempotencyKey }),
  )

export const refreshUsers = () => queryClient.invalidateQueries({ queryKey: ['users'] })

/** After somebody has gone: the lists, and not the one who is there no more. */
export const refreshUserLists = () => queryClient.invalidateQueries({ queryKey: ['users', 'list'] })
