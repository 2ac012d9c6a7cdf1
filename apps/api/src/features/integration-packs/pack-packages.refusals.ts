import type { AddPackageRefusal, AddPackagesPlan } from '@packline/domain/packs/plan-add-packages.ts'
import type { RemovePackagePlan } from '@packline/domain/packs/plan-remove-package.ts'
import type { UndeletePackagePlan } from '@packline/domain/packs/plan-undelete-package.ts'
import type { Refusal } from '../../platform/problems.ts'

const componentRefusals: Record<AddPackageRefusal, { status: number; sentence: (name: string) => string }> = {
  'component-not-found': {
    status: 404,
    sentence: () =>
      'One of the selected components is not in this account. Reload the list and select again.',
  },
  'type-not-allowed': {
    status: 422,
    sentence: (name) =>
      `${name} cannot go into an integration pack. Only processes without Process Route and API Service components can.`,
  },
  'api-service-in-multi': {
    status: 422,
    sentence: (name) =>
      `${name} is an API Service component. Integration packs of type Multiple Attachments cannot contain API Service components.`,
  },
  'no-shareable-version': {
    status: 422,
    sentence: (name) =>
      `${name} has no packaged version that may be shared. Create a packaged component with sharing allowed first.`,
  },
}

/** A component that is no part of the pack. */
export const notInPack: Refusal = {
  status: 404,
  code: 'component-not-in-pack',
  message: 'This integration pack has no such component. Reload the page to see what it contains.',
}

type Refused<Plan> = Extract<Plan, { kind: 'refused' }>
/** An addition comes with the names of the components it was about. */
type AdditionRefused = Refused<AddPackagesPlan> & { names: ReadonlyMap<string, string> }
type ChangeRefused = AdditionRefused | Refused<RemovePackagePlan> | Refused<UndeletePackagePlan>

const nothingSelected: Refusal = {
  status: 422,
  code: 'nothing-selected',
  message: 'Select at least one component.',
}

/** What to tell somebody whose change of a pack's contents was refused. */
export function packageRefusal(outcome: ChangeRefused): Refusal {
  if (outcome.reason === 'component-not-in-pack') return notInPack
  if (outcome.reason === 'nothing-selected') return nothingSelected
  if (outcome.reason === 'components-refused') return componentsRefusal(outcome)
  const room = 'room' in outcome ? outcome.room : 0
  return {
    status: 409,
    code: outcome.reason,
    message: `An integration pack holds at most 100 packages, and this one has room for ${room === 0 ? 'none' : `only ${room}`} more.`,
    details: { room },
  }
}

function componentsRefusal({
  problems,
  names,
}: Extract<AdditionRefused, { reason: 'components-refused' }>): Refusal {
  const told = problems.map(({ componentId, reason }) => {
    const { status, sentence } = componentRefusals[reason]
    const name = names.get(componentId) ?? 'This component'
    return {
      componentId,
      componentName: names.get(componentId) ?? null,
      status,
      reason,
      message: sentence(name),
    }
  })
  const [first] = told
  if (!first) throw new Error('Components were refused without a reason')
  return {
    status: first.status,
    code: first.reason,
    message: [...new Set(told.map(({ message }) => message))].slice(0, 3).join(' '),
    details: { problems: told.map(({ status: _status, ...one }) => one) },
  }
}
