import type { Tx } from '@packline/database/client.ts'
import {
  type ApplyRefusal,
  planApplyUpdate,
  type SeenUpdate,
} from '@packline/domain/updates/plan-apply-updates.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { databaseOutage } from '../../platform/database-errors.ts'
import { recordEvent } from '../../platform/events.ts'
import { type AttachmentRow, factsOf, loadAttachments } from '../../read-models/attachment-facts.ts'
import { shareEnvironments } from '../environments/environments.store.ts'
import { applyEarly, asPart, lockForApply } from '../installations/early-applies.store.ts'
import { sharePack } from '../integration-packs/integration-packs.store.ts'

type About = { attachmentId: string; installationId: string | null; name: string | null }
export type AppliedOrRefused =
  | (About & {
      kind: 'applied'
      installationId: string
      name: string
      releaseId: string
      fromNumber: number
      toNumber: number
    })
  | (About & { kind: 'refused'; reason: ApplyRefusal | 'failed' })

export type ApplyUpdatesOutcome = { kind: 'absent' } | { kind: 'done'; results: readonly AppliedOrRefused[] }

export type ApplyInput = { environmentId: string; seen?: readonly SeenUpdate[] | undefined }

/**
 * Applies what is pending in an environment before its date, pack by pack: each is held, decided and saved on its own, so
 * that the failure of one does not undo the others (D-24). Whoever comes second, this or the automatic run, finds what
 * the first has done. A pack with nothing to apply is not held: with hundreds of them that took longer than a change may.
 */
export async function applyUpdates(
  tx: Tx,
  actor: Actor,
  { environmentId, seen }: ApplyInput,
  now: Temporal.Instant,
): Promise<ApplyUpdatesOutcome> {
  const [environment] = await shareEnvironments(tx, actor.accountId, [environmentId], [environmentId])
  if (!environment) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [environmentId])

  const results: AppliedOrRefused[] = []
  const attached = await loadAttachments(tx, actor.accountId, { environmentId })
  const packs = [...Map.groupBy(attached, ({ packId }) => packId)]
  // In the order of the ids, in which packs are locked.
  for (const [packId, attachments] of packs.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const refused = attachments.map((one) => planOf(one, seen)).filter((plan) => plan.kind === 'refused')
    const isPending = refused.length < attachments.length
    results.push(...(isPending ? await applyPack(tx, actor, { packId, environmentId, seen }, now) : refused))
  }
  if (results.some(({ kind }) => kind === 'applied')) await notifyAtoms(tx, [environmentId])
  const missing = (seen ?? []).filter(
    ({ attachmentId }) => !results.some((one) => one.attachmentId === attachmentId),
  )
  return {
    kind: 'done',
    results: [
      ...results.filter((one) => isWorthTelling(one, seen)),
      ...missing.map(({ attachmentId }) => ({
        kind: 'refused' as const,
        reason: 'not-attached' as const,
        attachmentId,
        installationId: null,
        name: null,
      })),
    ],
  }
}

/** Whoever asked for a pack, or could have expected something of it, is told what became of it. */
function isWorthTelling(result: AppliedOrRefused, seen: ApplyInput['seen']): boolean {
  if (result.kind === 'applied') return true
  if (seen?.some(({ attachmentId }) => attachmentId === result.attachmentId)) return true
  return !quiet.has(result.reason)
}
const quiet = new Set<ApplyRefusal | 'failed'>(['nothing-pending', 'already-applied', 'no-longer-shared'])

async function applyPack(
  tx: Tx,
  actor: Actor,
  { packId, environmentId, seen }: ApplyInput & { packId: string },
  now: Temporal.Instant,
): Promise<AppliedOrRefused[]> {
  const load = () => loadAttachments(tx, actor.accountId, { environmentId, packId })
  try {
    return await asPart(tx, async () => {
      const pack = await sharePack(tx, actor.accountId, packId)
      if (!pack) return []
      await lockForApply(tx, actor.accountId, { packId, environmentId })
      const results: AppliedOrRefused[] = []
      for (const attachment of await load()) {
        results.push(await applyAttachment(tx, actor, { attachment, seen }, pack.heldAt))
      }
      return results
    })
  } catch (error) {
    if (databaseOutage(error)) throw error
    const attachments = await load()
    for (const one of attachments) {
      await recordEvent(tx, {
        ...eventAbout(one, actor, now),
        key: `update.failed:${one.attachmentId}:${actor.requestId}`,
        type: 'update.failed',
      })
    }
    return attachments.map((one) => ({ ...aboutOf(one), kind: 'refused', reason: 'failed' }))
  }
}

const aboutOf = ({ attachmentId, installationId, installationName }: AttachmentRow) => ({
  attachmentId,
  installationId,
  name: installationName,
})

/** What is to be done with an attachment as it was loaded; a refusal in the words of the outcome. */
function planOf(attachment: AttachmentRow, seen: ApplyInput['seen']) {
  const { attachmentId } = attachment
  const plan = planApplyUpdate({ attachmentId, facts: factsOf(attachment), pack: attachment }, seen)
  return plan.kind === 'refused' ? { ...aboutOf(attachment), kind: plan.kind, reason: plan.reason } : plan
}

async function applyAttachment(
  tx: Tx,
  actor: Actor,
  { attachment, seen }: { attachment: AttachmentRow; seen: ApplyInput['seen'] },
  now: Temporal.Instant,
): Promise<AppliedOrRefused> {
  const { attachmentId } = attachment
  const plan = planOf(attachment, seen)
  if (plan.kind === 'refused') return plan
  const { releaseId, fromNumber, toNumber } = plan
  await applyEarly(tx, { ...plan, installationId: attachment.installationId }, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.ipack UPDATE MANUAL',
    objectType: 'attachment',
    objectId: attachmentId,
    before: { releaseId: attachment.releaseId, version: fromNumber },
    after: { releaseId, version: toNumber },
  })
  const event = eventAbout(attachment, actor, now)
  await recordEvent(tx, {
    ...event,
    key: `update.applied:${releaseId}:${attachmentId}`,
    type: 'update.applied',
    releaseId,
    data: { ...event.data, fromNumber, toNumber },
  })
  return { ...aboutOf(attachment), kind: 'applied', releaseId, fromNumber, toNumber }
}

const eventAbout = (attachment: AttachmentRow, actor: Actor, now: Temporal.Instant) => ({
  at: now,
  accountId: actor.accountId,
  actor,
  packId: attachment.packId,
  objectId: attachment.attachmentId,
  data: {
    packName: attachment.packName,
    installationId: attachment.installationId,
    installationName: attachment.installationName,
    environmentId: attachment.environmentId,
    environmentName: attachment.environmentName,
  },
})
