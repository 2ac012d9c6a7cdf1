import { z } from 'zod'
import { componentType } from './components.ts'
import { id, instant } from './field.ts'
import { releaseChange, windowView } from './releases.ts'

/** What a managed account may know of a release: what it brings and when, not who made it or how it went elsewhere. */
export const consumerRelease = z.object({
  id,
  timing: z.enum(['IMMEDIATE', 'DATED']),
  /** Date and zone of a dated release, as its scheduler chose them. */
  releaseOn: z.string().nullable(),
  timeZone: z.string().nullable(),
  window: windowView.nullable(),
  /** When it became current; null while it is pending or only applied early. */
  releasedAt: instant.nullable(),
  isRollback: z.boolean(),
  notes: z.string(),
  components: z.array(
    z.object({ componentId: id, componentName: z.string(), componentType, version: z.string() }),
  ),
})
export type ConsumerRelease = z.infer<typeof consumerRelease>

/** Where an attachment stands between the pack's current and its scheduled release. */
export const attachmentStateKind = z.enum([
  'on-current',
  'offered',
  'waits-for-date',
  'applied-early',
  'updating',
  'no-longer-shared',
])
export type AttachmentStateKind = z.infer<typeof attachmentStateKind>

/** Why a pending release is not offered by hand. */
export const whyNotOffered = z.enum(['no-atom', 'reattached', 'locked'])

export const consumerState = z.object({
  state: attachmentStateKind,
  why: whyNotOffered.nullable(),
  /** The state in a whole sentence, with what happens next and when. */
  sentence: z.string(),
  versionNumber: z.number().int(),
  /** The number of the pending release where it may be applied by hand; blank otherwise. */
  pendingNumber: z.number().int().nullable(),
})

/** What changes for the consumer, over all releases between the one running and the pending one. */
export const rolledUpChanges = z.array(releaseChange)
