import { z } from 'zod'
import { componentType } from './components.ts'
import { consumerRelease, consumerState } from './consumer-releases.ts'
import { id, instant } from './field.ts'
import { packType } from './integration-packs.ts'

export const installationParams = z.object({ installationId: id })
export const browseQuery = z.object({ filter: z.string().max(255).optional() })

/** May it be installed, and if not, why not (D-8)? */
export const installability = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allowed') }),
  z.object({ kind: z.literal('refused'), reason: z.string(), message: z.string() }),
])

/** A pack that the account may install: shared with it and released at least once. */
export const availablePack = z.object({
  id,
  name: z.string(),
  type: packType,
  publisherName: z.string(),
  description: z.string(),
  packageCount: z.number().int(),
  installations: z.array(z.object({ id, name: z.string() })),
  install: installability,
})
export type AvailablePack = z.infer<typeof availablePack>
export const availablePacks = z.array(availablePack)

export const environmentClassification = z.enum(['PRODUCTION', 'TEST'])

export const environmentChoice = z.object({
  environmentId: id,
  environmentName: z.string(),
  classification: environmentClassification,
  atomCount: z.number().int(),
  /** Why whoever asks may attach and detach nothing there, whatever their privileges. */
  whyClosed: z.string().nullable(),
})
export type EnvironmentChoice = z.infer<typeof environmentChoice>

export const availablePackDetails = availablePack.extend({
  current: consumerRelease,
  /** The release in its testing period: a new installation starts on the current one and is offered this (D-7). */
  pending: consumerRelease.nullable(),
  /** What a new installation is called when no name is given. */
  proposedName: z.string(),
  /** Where it could be attached in the same step. */
  environments: z.array(environmentChoice),
})
export type AvailablePackDetails = z.infer<typeof availablePackDetails>

const environmentIds = z.array(id).max(1_000)
export const installBody = z.strictObject({
  packId: id,
  /** Only for packs of type Multiple Attachments; left out or empty: the pack's name. */
  name: z.string().max(10_000).optional(),
  /** Attach it in the same step. */
  environmentIds: environmentIds.default([]),
})
export type InstallBody = z.input<typeof installBody>
export const attachBody = z
  .strictObject({
    environmentIds: environmentIds.default([]),
    /** Atoms themselves, in an account with legacy deployment. */
    atomIds: z.array(id).max(1_000).default([]),
  })
  .refine((body) => body.environmentIds.length + body.atomIds.length > 0, 'names nothing to attach to')
export const detachBody = z.strictObject({ environmentIds: environmentIds.min(1) })

export const installationListItem = z.object({
  id,
  name: z.string(),
  packId: id,
  packName: z.string(),
  packType,
  /** How many releases were delivered to it since it was installed. */
  versionNumber: z.number().int(),
  attachmentCount: z.number().int(),
  isShared: z.boolean(),
  installedAt: instant,
  installedByName: z.string(),
})
export type InstallationListItem = z.infer<typeof installationListItem>
export const installationList = z.array(installationListItem)

export const attachmentView = environmentChoice.extend(consumerState.shape).extend({
  attachmentId: id,
  releaseId: id,
  attachedAt: instant,
  lastUpdatedAt: instant,
  /** It is attached to an Atom itself, in place of an environment, and named after it. */
  isAtom: z.boolean(),
})
export type AttachmentView = z.infer<typeof attachmentView>

export const installationView = installationListItem.extend({
  publisherName: z.string(),
  description: z.string(),
  current: consumerRelease,
  pending: consumerRelease.nullable(),
  attached: z.array(attachmentView),
  unattached: z.array(environmentChoice),
  /** Atoms in no environment that it could be attached to; null without legacy deployment. */
  unattachedAtoms: z.array(z.object({ atomId: id, atomName: z.string() })).nullable(),
  /** Its processes as they are called in this account; only those of Multiple Attachments have ids of their own. */
  processes: z.array(
    z.object({
      componentId: id,
      name: z.string(),
      originalName: z.string(),
      componentType,
      wrapperProcessId: id.nullable(),
    }),
  ),
})
export type InstallationView = z.infer<typeof installationView>

/** What detaching or uninstalling undoes; `warning` where an early apply would be lost (D-18). */
export const detachPreview = z.object({
  environments: z.array(
    z.object({
      environmentId: id,
      environmentName: z.string(),
      versionNumber: z.number().int(),
      warning: z.string().nullable(),
    }),
  ),
})
export type DetachPreview = z.infer<typeof detachPreview>
