import { cleanLine, countCharacters } from '../text/clean-text.ts'
import type { AlertLevel } from './alert-level.ts'

export const groupNameLimit = 255

export type GroupDetails = { name: string; autoSubscribeAlertLevel: AlertLevel }
export type GroupNameRefusal = 'name-empty' | 'name-too-long'
export type SaveGroupRefusal = GroupNameRefusal | 'default-name-fixed'

export type SaveGroupPlan =
  | { kind: 'planned'; details: GroupDetails }
  | { kind: 'refused'; reason: SaveGroupRefusal }

/** Plans a new account group: its name trimmed, 1 to 255 characters. Uniqueness is the database's. */
export function planCreateGroup(draft: GroupDetails): SaveGroupPlan {
  const name = cleanLine(draft.name)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > groupNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'planned', details: { ...draft, name } }
}

/** Plans a change of an account group. All Accounts keeps the name by which everybody knows it. */
export function planEditGroup(
  group: GroupDetails & { isDefault: boolean },
  draft: Partial<GroupDetails>,
): SaveGroupPlan {
  const { name = group.name, autoSubscribeAlertLevel = group.autoSubscribeAlertLevel } = draft
  const plan = planCreateGroup({ name, autoSubscribeAlertLevel })
  if (plan.kind === 'planned' && group.isDefault && plan.details.name !== group.name) {
    return { kind: 'refused', reason: 'default-name-fixed' }
  }
  return plan
}

export type DeleteGroupRefusal = 'default-group-stays'

/** Why a group cannot be deleted, or null: All Accounts always exists (R-50, D-23). */
export const whyNotDeleteGroup = (group: { isDefault: boolean }): DeleteGroupRefusal | null =>
  group.isDefault ? 'default-group-stays' : null
