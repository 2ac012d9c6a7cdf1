import { z } from 'zod'
import { id, instant, page, pageOf, pageSize } from './field.ts'

export const roleParams = z.object({ roleId: id })
export const roleQuery = z.object({
  /** Part of the name. */
  filter: z.string().max(255).optional(),
  page,
  pageSize: pageSize.default(200),
})

/** Default roles every account has; its own; and those that its primary account shares with it, which it cannot change. */
export const roleKind = z.enum(['default', 'own', 'shared'])
export type RoleKind = z.infer<typeof roleKind>

/** A role that can be given in the account. */
export const roleView = z.object({
  id,
  name: z.string(),
  /** The name, with "(shared)" where it is shared with the account. */
  label: z.string(),
  kind: roleKind,
  description: z.string(),
  /** The role it inherits from; null also for a shared one, whose parent is the primary account's business. */
  parent: z.object({ id, label: z.string() }).nullable(),
  /** Everything it gives, inherited or its own. */
  privileges: z.array(z.string()),
  inherited: z.array(z.string()),
  /** How many users of this account hold it. */
  userCount: z.number().int(),
  /** May whoever asks give it? Only when they hold all of its privileges. */
  mayGive: z.boolean(),
  version: z.number().int(),
})
export type RoleView = z.infer<typeof roleView>

export const roleList = pageOf(roleView)

const names = z.array(z.string())
/** One role with where it is in use; of each list the first hundred. */
export const roleDetails = roleView.extend({
  changedAt: instant,
  changedByName: z.string(),
  uses: z.object({
    users: names,
    invitations: names,
    /** Account groups in which somebody has it. */
    groupUsers: names,
    /** Account groups it is shared with. */
    sharedWith: names,
    children: names,
    supportAccessOf: names,
    /** Environments that are kept to it. */
    environments: names,
  }),
})
export type RoleDetails = z.infer<typeof roleDetails>

export const roleBody = z.strictObject({
  name: z.string().max(10_000),
  description: z.string().max(10_000).default(''),
  parentRoleId: id.nullable().default(null),
  privileges: z.array(z.string().max(100)).max(100),
})
export type RoleBody = z.input<typeof roleBody>

/** A role as it is named beside somebody who holds it. */
export const roleName = z.object({ id, label: z.string() })
