import type { NoticePreferences } from '@packline/contract/notices.ts'
import type { createTokenBody } from '@packline/contract/api-tokens.ts'
import { queryOptions } from '@tanstack/react-query'
import type { input } from 'zod'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'
import { refreshSession } from '../../session-query.ts'

export const settingsQueries = {
  timeZones: queryOptions({
    queryKey: ['time-zones'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.listTimeZones(signal),
  }),
  profile: queryOptions({ queryKey: ['profile'], queryFn: ({ signal }) => api.getProfile(signal) }),
  tokens: queryOptions({ queryKey: ['api-tokens'], queryFn: ({ signal }) => api.listTokens(signal) }),
  noticePreferences: queryOptions({
    queryKey: ['notice-preferences'],
    queryFn: ({ signal }) => api.getNoticePreferences(signal),
  }),
  twoStep: queryOptions({ queryKey: ['two-step-sign-in'], queryFn: ({ signal }) => api.getTwoStep(signal) }),
  devices: queryOptions({ queryKey: ['devices'], queryFn: ({ signal }) => api.listDevices(signal) }),
}

/** Trying again after a lost answer makes no second token, but cannot show the first one either. */
export const createToken = (body: input<typeof createTokenBody>) =>
  sendOnce(['create token', body], (idempotencyKey) => api.createToken(body, { idempotencyKey }))

export const revokeToken = (tokenId: string) =>
  sendOnce(['revoke token', tokenId], (idempotencyKey) => api.revokeToken({ tokenId, idempotencyKey }))

export const refreshTokens = () =>
  queryClient.invalidateQueries({ queryKey: settingsQueries.tokens.queryKey })

/**
 * It was turned on or off, which ended the other sessions and may open or close the account, or has other recovery codes.
 */
export async function refreshTwoStep() {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: settingsQueries.twoStep.queryKey }),
    queryClient.invalidateQueries({ queryKey: settingsQueries.devices.queryKey }),
    refreshSession(),
  ])
}

type NoticeKind = NoticePreferences['kinds'][number]['kind']

/** Saying the same choice twice is saying it once. */
export const chooseNoticeMails = (mailOff: NoticeKind[]) => api.editNoticePreferences({ mailOff })
