import { z } from 'zod'
import { accountId, id, instant, page, pageOf, pageSize, sortDirection } from './field.ts'

export const accountStatus = z.enum(['trial', 'active', 'suspended', 'unlimited'])
export type AccountStatusCode = z.infer<typeof accountStatus>
/** What an account is made or becomes by editing; suspending and reactivating are calls of their own. */
export const openAccountStatus = accountStatus.exclude(['suspended'])
export const environmentSupport = z.enum(['BASIC', 'UNLIMITED'])

/** A feature as the screens show it. Which ones there are is the domain's business. */
export const featureView = z.object({
  name: z.string(),
  label: z.string(),
  gives: z.string(),
  isOn: z.boolean(),
  /** It is switched on, but a feature that it requires is not. */
  missing: z.array(z.string()),
})
export type FeatureView = z.infer<typeof featureView>

const roleRef = z.object({ id, name: z.string() })

/** The account one works in. */
export const accountView = z.object({
  id: accountId,
  name: z.string(),
  status: accountStatus,
  environmentSupport,
  legacyDeployment: z.boolean(),
  /** Of everybody who works in it. */
  requiresTwoStep: z.boolean(),
  features: z.array(featureView),
  primaryAccount: z.object({ id: accountId, name: z.string() }).nullable(),
  /** Groups of its primary account that it is in. */
  groupCount: z.number().int(),
  /** What users who come through an account group are capped by; null: no cap. */
  supportAccessRole: roleRef.nullable(),
  /** Why the reader may not change the Support Access Role, although they may change the account. */
  whyNotSupportAccess: z.string().nullable(),
  createdAt: instant,
  changedAt: instant,
  changedByName: z.string(),
  version: z.number().int(),
})
export type AccountView = z.infer<typeof accountView>

/** What is left out stays as it is. */
export const editAccountBody = z.strictObject({
  name: z.string().max(10_000).optional(),
  supportAccessRoleId: id.nullable().optional(),
})

/** Whom it concerns that the account requires two-step sign-in, for whoever decides on it. */
export const twoStepRequirement = z.object({
  requiresTwoStep: z.boolean(),
  /** Everybody who may work in the account, also through account groups. */
  peopleCount: z.number().int(),
  /** Those of them who have a password and no second step yet. */
  withoutCount: z.number().int(),
  /** The reader has a second step, or has come by single sign-on: they would not shut themselves out. */
  isReaderReady: z.boolean(),
  /** Those without are told by mail. */
  tellsByMail: z.boolean(),
})
export type TwoStepRequirement = z.infer<typeof twoStepRequirement>
export const requireTwoStepBody = twoStepRequirement.pick({ requiresTwoStep: true }).strict()

/** A role that can cap group users: a default one, one of the account's own, or one shared through a group. */
export const supportRoleChoice = z.object({
  id,
  name: z.string(),
  isShared: z.boolean(),
  privileges: z.array(z.string()),
})
export type SupportRoleChoice = z.infer<typeof supportRoleChoice>

export const managedAccountParams = z.object({ accountId })
export const managedAccountQuery = z.object({
  /** Part of a name or an id. */
  search: z.string().max(255).optional(),
  status: accountStatus.optional(),
  sort: z.enum(['name', 'createdAt', 'status']).default('name'),
  direction: sortDirection.default('asc'),
  page,
  pageSize,
})
export type ManagedAccountQuery = z.infer<typeof managedAccountQuery>

const listed = {
  id: accountId,
  name: z.string(),
  status: accountStatus,
  environmentSupport,
  legacyDeployment: z.boolean(),
  createdAt: instant,
  userCount: z.number().int(),
  environmentCount: z.number().int(),
  installationCount: z.number().int(),
}
export const managedAccountRow = z.object(listed)
export type ManagedAccountRow = z.infer<typeof managedAccountRow>
export const managedAccountPage = pageOf(managedAccountRow)

export const managedAccountView = z.object({
  ...listed,
  features: z.array(featureView),
  /** What a suspended account is again when it is reactivated. */
  suspendedFrom: openAccountStatus.nullable(),
  groups: z.array(z.object({ id, name: z.string(), isDefault: z.boolean() })),
  changedAt: instant,
  changedByName: z.string(),
  version: z.number().int(),
})
export type ManagedAccountView = z.infer<typeof managedAccountView>

export const createManagedAccountBody = z.strictObject({
  name: z.string().max(10_000),
  features: z.array(z.string().max(100)).max(100).default([]),
  status: openAccountStatus.default('active'),
  environmentSupport: environmentSupport.default('BASIC'),
  legacyDeployment: z.boolean().default(false),
})
/** What is left out stays as it is. */
export const editManagedAccountBody = z.strictObject({
  name: z.string().max(10_000).optional(),
  features: z.array(z.string().max(100)).max(100).optional(),
  status: openAccountStatus.optional(),
  environmentSupport: environmentSupport.optional(),
  legacyDeployment: z.boolean().optional(),
})
