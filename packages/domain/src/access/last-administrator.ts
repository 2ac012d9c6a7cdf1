import type { DefaultRole, Privilege } from './privileges.ts'
import { privilegeTable } from './privileges.ts'

/** Whoever holds it as a user of the account itself can always set everything else right. */
export const administratorPrivilege = 'user-management' satisfies Privilege
export const administratorRoles: readonly DefaultRole[] = privilegeTable[administratorPrivilege].roles

export type AdministratorFacts = {
  isAdministrator: boolean
  /** After the change. */
  staysAdministrator: boolean
  /** How many other users of the account itself hold User Management. */
  otherAdministrators: number
}

/**
 * Would this leave the account without anybody who may manage its users? Those who come through an account group do not
 * count: their access is the primary account's to end.
 */
export const leavesNoAdministrator = (facts: AdministratorFacts): boolean =>
  facts.isAdministrator && !facts.staysAdministrator && facts.otherAdministrators === 0
