import type { Tx } from '@packline/database/client.ts'
import {
  type DeliveryState,
  type ReportDecision,
  type ReportedState,
  takeReport,
} from '@packline/domain/deliveries/delivery-state.ts'
import type { AtomActor } from '../../platform/actor.ts'
import { auditAtom } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { recordEvent } from '../../platform/events.ts'
import { lockWantedDeployment, saveDeploymentReport } from '../deployments/deployment-reports.store.ts'
import { lockWanted, saveReport } from '../installations/delivery-reports.store.ts'

type Report = {
  attachmentId: string
  releaseId: string
  state: ReportedState
  cause?: string | undefined
  progressBytes?: number | undefined
  totalBytes?: number | undefined
}

export type ReportDeliveryOutcome =
  | { kind: 'taken'; state: DeliveryState }
  | { kind: 'refused'; reason: 'deployment-not-found' | 'release-superseded' }

/**
 * Keeps what a node says of its own delivery: of a release that an attachment runs or, under the id of its component, of
 * a package that was deployed by itself.
 */
export async function reportDelivery(
  tx: Tx,
  atom: AtomActor,
  now: Temporal.Instant,
  report: Report,
): Promise<ReportDeliveryOutcome> {
  const wanted = await findWanted(tx, atom, report.attachmentId)
  if (!wanted) return { kind: 'refused', reason: 'deployment-not-found' }

  const decision = takeReport(wanted, report)
  if (decision.kind === 'refused') return decision
  const cause = decision.state === 'FAILED' ? (report.cause ?? 'The Atom did not say why.') : null
  await save(tx, atom, now, { wanted, report, decision, cause })
  if (decision.isChange) await tell(tx, atom, now, { wanted, report, decision, cause })
  return { kind: 'taken', state: decision.state }
}

async function findWanted(tx: Tx, { atomId, nodeId }: AtomActor, attachmentId: string) {
  const attached = await lockWanted(tx, { atomId, nodeId, attachmentId })
  if (attached) return { ...attached, isThroughPack: true as const }
  const deployed = await lockWantedDeployment(tx, { atomId, nodeId, componentId: attachmentId })
  return deployed && { ...deployed, isThroughPack: false as const }
}

type Taken = {
  wanted: NonNullable<Awaited<ReturnType<typeof findWanted>>>
  report: Report
  decision: Extract<ReportDecision, { kind: 'taken' }>
  cause: string | null
}

async function save(
  tx: Tx,
  { atomId, nodeId }: AtomActor,
  now: Temporal.Instant,
  { wanted, report, decision, cause }: Taken,
) {
  const { attachmentId, releaseId, progressBytes = null, totalBytes = null } = report
  const { kind: _kind, ...taken } = decision
  const facts = { nodeId, ...taken, cause, progressBytes, totalBytes }
  if (!wanted.isThroughPack) return saveDeploymentReport(tx, { ...facts, deploymentId: releaseId }, now)
  const { accountId } = wanted
  return saveReport(tx, { ...facts, atomId, accountId, attachmentId, releaseId }, now)
}

/** Tells screens, the audit log and people what has changed. */
async function tell(
  tx: Tx,
  atom: AtomActor,
  now: Temporal.Instant,
  { wanted, report, decision: { state }, cause }: Taken,
) {
  const { accountId, environmentId, isThroughPack } = wanted
  const { attachmentId, releaseId } = report
  const releaseIds = isThroughPack ? [releaseId] : []
  await notifyChanges(tx, { releaseIds, environmentIds: [environmentId] })
  if (state !== 'ACTIVE' && state !== 'FAILED') return

  const objectId = isThroughPack ? attachmentId : releaseId
  const node = { node: atom.nodeName, nodeId: atom.nodeId }
  await auditAtom(tx, atom, now, {
    accountId,
    action: `as.atom.delivery ${state}`,
    objectType: isThroughPack ? 'attachment' : 'deployment',
    objectId,
    before: { state: wanted.state },
    after: { state, ...(isThroughPack && { releaseId }), ...node, ...(cause !== null && { cause }) },
  })
  if (state !== 'FAILED') return
  await recordEvent(tx, {
    // What failed may be tried again and fail again: each time is told.
    key: `delivery.failed:${attachmentId}:${releaseId}:${atom.nodeId}:${now.toString()}`,
    type: 'delivery.failed',
    at: now,
    accountId,
    ...(isThroughPack && { packId: wanted.packId, releaseId }),
    objectId,
    data: {
      packName: isThroughPack ? wanted.packName : wanted.name,
      installationName: wanted.name,
      environmentId,
      environmentName: wanted.environmentName,
      atomId: atom.atomId,
      atomName: atom.atomName,
      nodeName: atom.nodeName,
      cause,
    },
  })
}
