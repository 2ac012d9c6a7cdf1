import { z } from 'zod'
import { id, instant, page, pageOf, pageSize, sortDirection } from './field.ts'

export const componentType = z.enum([
  'process',
  'webservice',
  'processroute',
  'certificate',
  'customlibrary',
  'flowservice',
  'tpgroup',
])
export type ComponentTypeCode = z.infer<typeof componentType>

/** The largest content of a revision: 25 MB. */
export const maxContentBytes = 25 * 1024 * 1024

export const componentParams = z.object({ componentId: id })
export const revisionParams = z.object({
  componentId: id,
  revision: z.coerce.number().int().min(1).max(2_147_483_647),
})

export const componentQuery = z.object({
  search: z.string().max(255).optional(),
  type: componentType.optional(),
  folder: z.string().max(255).optional(),
  sort: z.enum(['name', 'type', 'folder', 'changedAt']).default('name'),
  direction: sortDirection.default('asc'),
  page,
  pageSize,
})

export const createComponentBody = z.strictObject({
  name: z.string().max(1_000),
  type: componentType,
  folder: z.string().max(255).default(''),
  containsProcessRoute: z.boolean().default(false),
})
export const editComponentBody = z.strictObject({
  name: z.string().max(1_000).optional(),
  folder: z.string().max(255).optional(),
  containsProcessRoute: z.boolean().optional(),
})

export const revisionView = z.object({
  id,
  revision: z.number().int(),
  sha256: z.string(),
  size: z.number().int(),
  mediaType: z.string(),
  createdAt: instant,
  createdByName: z.string(),
})
export type RevisionView = z.infer<typeof revisionView>

export const componentView = z.object({
  id,
  name: z.string(),
  type: componentType,
  folder: z.string(),
  containsProcessRoute: z.boolean(),
  /** May packages of it be shared, and so go into integration packs? */
  canBeShared: z.boolean(),
  currentRevision: z.number().int(),
  packageCount: z.number().int(),
  newestVersion: z.string().nullable(),
  createdAt: instant,
  changedAt: instant,
  createdByName: z.string(),
})
export type ComponentView = z.infer<typeof componentView>
export const componentPage = pageOf(componentView)

export const componentDetails = componentView.extend({
  revisions: z.array(revisionView),
  folders: z.array(z.string()).optional(),
})
export type ComponentDetails = z.infer<typeof componentDetails>

export const folderList = z.array(z.string())
