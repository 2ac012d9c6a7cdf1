import {
  deliveryView,
  type ApplyDecision,
  type DeliveryView,
  type EnvironmentPacks,
  type PackUpdateRow,
} from '@packline/contract/updates.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { mayDo } from '@packline/domain/access/actions.ts'
import { z } from 'zod'
import type { Actor, AccountScope } from '../../platform/actor.ts'
import { loadKeptEnvironments } from '../../platform/environment-access.ts'
import { loadAtoms, toListItem } from '../../read-models/atom-nodes.ts'
import { loadAttachments, type AttachmentRow } from '../../read-models/attachment-facts.ts'
import { type LoadedReleases, loadConsumerReleases } from '../../read-models/consumer-releases.ts'
import { consumerStateOf } from '../../read-models/consumer-state.ts'
import { applySentences, nothingPending } from './updates.refusals.ts'

const environmentRow = z.object({
  id: z.uuid(),
  name: z.string(),
  classification: z.enum(['PRODUCTION', 'TEST']),
})

/**
 * The integration packs of an environment with what is pending for each, what changes with it, and how far the Atoms
 * are; undefined when the environment is not this account's. Six statements, however many packs there are.
 */
export async function findEnvironmentPacks(
  db: Database | Tx,
  actor: Actor,
  environmentId: string,
): Promise<EnvironmentPacks | undefined> {
  const scope = actor.accountId
  const environments = await db.$queryRaw`
    select id, name, classification from "Environment"
    where id = ${environmentId}::uuid and "accountId" = ${scope} and "deletedAt" is null`
  const [environment] = z.array(environmentRow).parse(environments)
  if (!environment) return undefined

  const [atoms, attachments, deliveries] = await Promise.all([
    loadAtoms(db, scope, { environmentId }),
    loadAttachments(db, scope, { environmentId }),
    loadDeliveries(db, scope, environmentId),
  ])
  const closed =
    (await loadKeptEnvironments(db, actor, [environmentId])).get(environmentId)?.whyClosed ?? null
  const releases = await loadConsumerReleases(
    db,
    attachments.flatMap((one) => [one.releaseId, pendingIdOf(one)]),
  )
  const rows = attachments.map((one) =>
    toRow(
      one,
      releases,
      deliveries.filter(({ attachmentId }) => attachmentId === one.attachmentId),
    ),
  )
  return { environment, atoms: atoms.map(toListItem), rows, apply: applyDecision(actor, rows, closed) }
}

/** A release that is scheduled for others is nothing to an account that the pack is no longer shared with (D-4). */
const pendingIdOf = ({ isShared, scheduledReleaseId }: AttachmentRow) =>
  isShared ? scheduledReleaseId : null

function toRow(one: AttachmentRow, releases: LoadedReleases, deliveries: AttachedDelivery[]): PackUpdateRow {
  const pendingId = pendingIdOf(one)
  const pending = pendingId === null || pendingId === one.releaseId ? null : releases.get(pendingId)
  const scheduled = pendingId === null ? null : releases.get(pendingId)
  return {
    attachmentId: one.attachmentId,
    installationId: one.installationId,
    name: one.installationName,
    packId: one.packId,
    packName: one.packName,
    packType: one.packType,
    lastUpdatedAt: one.lastUpdatedAt,
    updatedHow: one.updatedHow,
    ...consumerStateOf(one, scheduled),
    running: releases.get(one.releaseId),
    pending,
    changes: pending === null ? [] : releases.changesBetween(one.releaseId, pending.id),
    deliveries: deliveries.map(({ attachmentId: _id, ...delivery }) => delivery),
  }
}

function applyDecision(actor: Actor, rows: readonly PackUpdateRow[], closed: string | null): ApplyDecision {
  const packCount = rows.filter(({ state }) => state === 'offered').length
  if (packCount === 0) {
    const isWithoutAtom = rows.some(({ why }) => why === 'no-atom')
    return isWithoutAtom
      ? { kind: 'refused', reason: 'no-atom', message: applySentences['no-atom'] }
      : { kind: 'refused', reason: 'nothing-pending', message: nothingPending.message }
  }
  const permission = mayDo('apply-updates', actor)
  if (permission.kind === 'refused') {
    return { kind: 'refused', reason: 'privilege-missing', message: permission.sentence }
  }
  return closed === null
    ? { kind: 'allowed', packCount }
    : { kind: 'refused', reason: 'environment-closed', message: closed }
}

const deliveryRow = deliveryView.extend({
  attachmentId: z.uuid(),
  progressBytes: z.bigint().transform(Number),
  totalBytes: z.bigint().transform(Number),
  changedAt: z.date().transform((date) => date.toISOString()),
})
type AttachedDelivery = DeliveryView & { attachmentId: string }

/** How far each node is with what runs now. One that has no row yet has not heard of it: it waits. */
async function loadDeliveries(
  db: Database | Tx,
  scope: AccountScope,
  environmentId: string,
): Promise<AttachedDelivery[]> {
  const rows = await db.$queryRaw`
    select a.id as "attachmentId", t.id as "atomId", t.name as "atomName", n.id as "nodeId", n.name as "nodeName",
      coalesce(d.state, 'WAITING') as state, d.cause, coalesce(d.attempts, 0) as attempts,
      coalesce(d."progressBytes", 0) as "progressBytes", coalesce(d."totalBytes", 0) as "totalBytes",
      coalesce(d."changedAt", a."lastUpdatedAt") as "changedAt"
    from "Attachment" a
    join "EnvironmentAtom" e on e."environmentId" = a."environmentId"
    join "Atom" t on t.id = e."atomId"
    join "AtomNode" n on n."atomId" = t.id
    left join "Delivery" d on d."attachmentId" = a.id and d."nodeId" = n.id and d."releaseId" = a."releaseId"
    where a."environmentId" = ${environmentId}::uuid and a."accountId" = ${scope} and a."detachedAt" is null
    order by lower(t.name), lower(n.name), n.id`
  return z.array(deliveryRow).parse(rows)
}
