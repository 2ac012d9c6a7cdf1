import { cleanLine, countCharacters } from '../text/clean-text.ts'
import { defaultRoleTable } from './privileges.ts'

const roleNameLimit = 100
export const roleDescriptionLimit = 500

export type RoleNameRefusal = 'name-empty' | 'name-too-long' | 'name-reserved'
export type RoleNameCheck = { kind: 'ok'; name: string } | { kind: 'refused'; reason: RoleNameRefusal }

const reserved = new Set(Object.values(defaultRoleTable).map(({ label }) => label.toLowerCase()))
const sharedEnding = / ?\(shared\)$/i

/**
 * A custom role's name as it is stored: trimmed, 1 to 100 characters. It is not mistaken for a default role, nor for one
 * that the primary account shares. Uniqueness is the database's.
 */
export function checkRoleName(text: string): RoleNameCheck {
  const name = cleanLine(text)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > roleNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  if (reserved.has(name.toLowerCase()) || sharedEnding.test(name))
    return { kind: 'refused', reason: 'name-reserved' }
  return { kind: 'ok', name }
}

/** What a role is called in an account: one of another account comes through an account group and says so. */
export const roleLabel = (name: string, isShared: boolean) => (isShared ? `${name} (shared)` : name)
