import { z } from 'zod'
import { atomListItem, atomStatus, atomView } from './atoms.ts'
import { id, instant } from './field.ts'
import { environmentClassification } from './installations.ts'
import { deliveryView } from './updates.ts'

export const environmentParams = z.object({ environmentId: id })
export const environmentQuery = z.object({
  /** Part of the name of an environment or of one of its Atoms. */
  filter: z.string().max(255).optional(),
  /** Environments and Atoms of this status only. */
  status: atomStatus.optional(),
})

/** One line of the list on the left. */
export const environmentListItem = z.object({
  id,
  name: z.string(),
  classification: environmentClassification,
  attachmentCount: z.number().int(),
  atoms: z.array(atomListItem),
})
export type EnvironmentListItem = z.infer<typeof environmentListItem>

export const environmentList = z.object({
  environments: z.array(environmentListItem),
  /** Atoms that are in no environment. */
  unattachedAtoms: z.array(atomListItem),
  /** How many there are without filter and status. */
  total: z.number().int(),
  /** What a new environment may be; `message` says why not. */
  classifications: z.array(
    z.object({
      classification: environmentClassification,
      isAllowed: z.boolean(),
      message: z.string().nullable(),
    }),
  ),
})
export type EnvironmentList = z.infer<typeof environmentList>

export const environmentView = z.object({
  id,
  name: z.string(),
  classification: environmentClassification,
  createdAt: instant,
  createdByName: z.string(),
  atoms: z.array(atomView),
  attachments: z.array(
    z.object({
      attachmentId: id,
      installationId: id,
      installationName: z.string(),
      packName: z.string(),
      versionNumber: z.number().int(),
    }),
  ),
  /** Packages that were deployed here by themselves. */
  deployments: z.array(
    z.object({
      deploymentId: id,
      componentName: z.string(),
      version: z.string(),
      deployedAt: instant,
      deployedByName: z.string(),
      deliveries: z.array(deliveryView),
    }),
  ),
  /** The roles it is kept to; none: it is open to everybody with the privileges. */
  roles: z.array(z.object({ id, name: z.string() })),
  /** Why whoever asks may change nothing in it, whatever their privileges. */
  whyClosed: z.string().nullable(),
  /** Why it cannot be deleted even before asking: it has Atoms. Attached packs are checked afterwards. */
  whyNotDeletable: z.string().nullable(),
})
export type EnvironmentView = z.infer<typeof environmentView>

export const createEnvironmentBody = z.strictObject({
  name: z.string().max(10_000),
  classification: environmentClassification.default('PRODUCTION'),
})
export type CreateEnvironmentBody = z.input<typeof createEnvironmentBody>
export const editEnvironmentBody = z.strictObject({ name: z.string().max(10_000) })
