import { accountNameLimit, type AccountNameRefusal } from '@packline/domain/accounts/account-name.ts'
import { type AccountFeature, featureTable } from '@packline/domain/accounts/features.ts'
import type { ManagedAccountPlan, UsageRefusal } from '@packline/domain/accounts/plan-managed-account.ts'
import type { Refusal } from '../../platform/problems.ts'

export type AccountRefusal =
  | Extract<ManagedAccountPlan, { kind: 'refused' }>
  | { kind: 'refused'; reason: 'feature-unknown'; feature: string }
  | {
      kind: 'refused'
      reason: 'name-taken' | 'role-unknown' | 'support-access-not-yours' | 'two-step-not-yours'
    }

const labelOf = (feature: AccountFeature) => featureTable[feature].label
const several = (count: number, one: string, many = `${one}s`) =>
  count === 1 ? `1 ${one}` : `${count} ${many}`

const nameWords: Record<AccountNameRefusal, string> = {
  'name-empty': 'Give the account a name.',
  'name-too-long': `The name of an account has at most ${accountNameLimit} characters. Shorten it.`,
}

const usageWords: Record<UsageRefusal['reason'], { field: string; message: (count: number) => string }> = {
  'basic-with-test-environments': {
    field: 'environmentSupport',
    message: (count) =>
      `Basic environment support has production environments only, and the account has ${several(count, 'test environment')}. They have to be deleted there first.`,
  },
  'basic-with-crowded-environments': {
    field: 'environmentSupport',
    message: (count) =>
      `Basic environment support has one Atom in an environment, and the account has ${several(count, 'environment')} with more. Atoms have to be moved or removed there first.`,
  },
  'licensing-with-test-environments': {
    field: 'features',
    message: (count) =>
      `Without Test Connection Licensing there are no test environments, and the account has ${several(count, 'test environment')}. They have to be deleted there first.`,
  },
  'pack-management-with-packs': {
    field: 'features',
    message: (count) =>
      `The account has ${several(count, 'integration pack')} of its own, which nobody could manage without Integration pack management. They have to be deleted there first.`,
  },
  'account-groups-with-accounts': {
    field: 'features',
    message: (count) =>
      `The account manages ${several(count, 'account')} of its own, so Account groups has to stay on.`,
  },
  'account-groups-with-groups': {
    field: 'features',
    message: (count) =>
      `The account has ${several(count, 'account group')} of its own. They have to be deleted there before Account groups is switched off.`,
  },
}

const isUsage = (reason: string): reason is UsageRefusal['reason'] => Object.hasOwn(usageWords, reason)

/** What to tell somebody whose account could not be saved. */
export function accountRefusal(refusal: AccountRefusal): Refusal {
  const { status, field, message } = wordsFor(refusal)
  return { status, code: refusal.reason, message, ...(field && { fields: [{ path: field, message }] }) }
}

function wordsFor(refusal: AccountRefusal): { status: number; field?: string; message: string } {
  if ('count' in refusal && isUsage(refusal.reason)) {
    const { field, message } = usageWords[refusal.reason]
    return { status: 409, field, message: message(refusal.count) }
  }
  switch (refusal.reason) {
    case 'name-empty':
    case 'name-too-long':
      return { status: 422, field: 'name', message: nameWords[refusal.reason] }
    case 'name-taken':
      return {
        status: 409,
        field: 'name',
        message: 'You already manage an account of that name. Choose another name.',
      }
    case 'feature-needs-another':
      return {
        status: 422,
        field: 'features',
        message: `${labelOf(refusal.feature)} needs ${labelOf(refusal.needs)}. Switch that on as well, or leave both off.`,
      }
    case 'feature-unknown':
      return {
        status: 422,
        field: 'features',
        message: `There is no feature “${refusal.feature}”. Read an account to see which there are.`,
      }
    case 'role-unknown':
      return {
        status: 422,
        field: 'supportAccessRoleId',
        message: 'There is no such role in this account. Choose one of the list, or no role.',
      }
    case 'support-access-not-yours':
      return {
        status: 403,
        field: 'supportAccessRoleId',
        message: supportAccessNotYours,
      }
    case 'two-step-not-yours':
      return {
        status: 409,
        message:
          'Turn on two-step sign-in for yourself first, in User Information: whoever has none is shut out of the account from then on.',
      }
    default:
      throw new Error(`No words for ${refusal.reason}`)
  }
}

export const supportAccessNotYours =
  'You work in this account through an account group, and the Support Access Role limits you. Ask an administrator who is a user of this account.'

/** Somebody else was first: what it is like now, and who changed it (D-21). */
export const accountChanged = (current: { changedByName: string; changedAt: string }): Refusal => ({
  status: 412,
  code: 'account-changed',
  message: `${current.changedByName || 'Somebody'} has changed this account since you opened it. Nothing was saved: look at it as it is now, then decide again.`,
  details: { current, changedByName: current.changedByName, changedAt: current.changedAt },
})
