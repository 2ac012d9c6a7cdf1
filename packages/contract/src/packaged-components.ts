import { z } from 'zod'
import { componentType } from './components.ts'
import { flag, id, instant, page, pageOf, pageSize, sortDirection } from './field.ts'

export const packageParams = z.object({ packageId: id })
export const compareParams = z.object({ packageId: id, otherId: id })

export const packageQuery = z.object({
  /** Part of a component's name or of a version. */
  search: z.string().max(255).optional(),
  componentId: id.optional(),
  packageId: id.optional(),
  type: componentType.optional(),
  sharing: z.enum(['allowed', 'not-allowed']).optional(),
  showDeleted: flag.optional(),
  sort: z
    .enum(['createdAt', 'componentName', 'componentType', 'version', 'sharing', 'status'])
    .default('createdAt'),
  direction: sortDirection.default('desc'),
  page,
  pageSize,
})
export type PackageQuery = z.input<typeof packageQuery>

export const createPackagesBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        componentId: id,
        /** Left out or empty: the next number. */
        version: z.string().max(1_000).optional(),
        notes: z.string().max(20_000).optional(),
        shareable: z.boolean().optional(),
      }),
    )
    .max(1_000),
})
export type CreatePackagesBody = z.input<typeof createPackagesBody>

/** The second step of the wizard: what is being packaged, and which version each gets when none is given. */
export const packageDraftBody = z.strictObject({ componentIds: z.array(id).max(1_000) })
/** Components that do not exist (any more) are left out. */
export const packageDraft = z.object({
  components: z.array(
    z.object({
      componentId: id,
      componentName: z.string(),
      componentType,
      folder: z.string(),
      containsProcessRoute: z.boolean(),
      canBeShared: z.boolean(),
      currentRevision: z.number().int(),
      nextVersion: z.string(),
    }),
  ),
})
export type PackageDraft = z.infer<typeof packageDraft>

export const packageView = z.object({
  id,
  componentId: id,
  componentName: z.string(),
  componentType,
  folder: z.string(),
  version: z.string(),
  ordinal: z.number().int(),
  revision: z.number().int(),
  notes: z.string(),
  /** Null where sharing does not exist for the type. */
  shareable: z.boolean().nullable(),
  status: z.enum(['active', 'deleted']),
  deployedTo: z.number().int(),
  createdAt: instant,
  createdByName: z.string(),
})
export type PackageView = z.infer<typeof packageView>
export const packagePage = pageOf(packageView)

export const packageDetails = packageView.extend({
  sha256: z.string(),
  size: z.number().int(),
  mediaType: z.string(),
  deletedAt: instant.nullable(),
  deletedByName: z.string().nullable(),
  /** The environments where it runs, through an integration pack or by itself. */
  deployments: z.array(
    z.object({
      accountName: z.string(),
      environmentName: z.string(),
      classification: z.enum(['PRODUCTION', 'TEST']),
      /** Null where it was deployed by itself. */
      packName: z.string().nullable(),
      deployedAt: instant,
    }),
  ),
  deploymentTotal: z.number().int(),
  integrationPacks: z.array(
    z.object({
      id,
      name: z.string(),
      description: z.string(),
      /** How the pack uses this version. */
      use: z.enum(['current', 'scheduled', 'pending', 'released-before']),
    }),
  ),
})
export type PackageDetails = z.infer<typeof packageDetails>

export const createdPackages = z.object({ packages: z.array(packageView) })

export const comparisonView = z.object({
  older: packageView,
  newer: packageView,
  facts: z.array(z.object({ label: z.string(), older: z.string(), newer: z.string(), differs: z.boolean() })),
  /** Lines of a unified comparison, where both contents are text of at most 1 MB; otherwise null with the reason. */
  lines: z
    .array(
      z.object({
        kind: z.enum(['same', 'added', 'removed', 'gap']),
        older: z.number().int().nullable(),
        newer: z.number().int().nullable(),
        text: z.string(),
      }),
    )
    .nullable(),
  whyNoLines: z.enum(['not-text', 'too-large', 'identical']).nullable(),
})
export type ComparisonView = z.infer<typeof comparisonView>
