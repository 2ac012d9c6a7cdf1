import type { Refusal } from '../../platform/problems.ts'

export const rolloutRefusals: Record<'nothing-failed', Refusal> = {
  'nothing-failed': {
    status: 409,
    code: 'nothing-failed',
    message: 'No delivery of this release stands failed there any more. Look at the rollout again.',
  },
}
