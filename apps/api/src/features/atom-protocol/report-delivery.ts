import type { Tx } from '@packline/database/client.ts'
import {
  type DeliveryState,
  type ReportedState,
  takeReport,
} from '@packline/domain/deliveries/delivery-state.ts'
import type { AtomActor } from '../../platform/actor.ts'
import { auditAtom } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { recordEvent } from '../../platform/events.ts'
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

/** Keeps what a node says of its own delivery. */
export async function reportDelivery(
  tx: Tx,
  atom: AtomActor,
  now: Temporal.Instant,
  report: Report,
): Promise<ReportDeliveryOutcome> {
  const { atomId, nodeId } = atom
  const { attachmentId, releaseId } = report
  const wanted = await lockWanted(tx, { atomId, nodeId, attachmentId })
  if (!wanted) return { kind: 'refused', reason: 'deployment-not-found' }

  const decision = takeReport(wanted, report)
  if (decision.kind === 'refused') return decision
  const { state, isChange, countsAsAttempt } = decision
  const cause = state === 'FAILED' ? (report.cause ?? 'The Atom did not say why.') : null
  await saveReport(
    tx,
    {
      atomId,
      nodeId,
      attachmentId,
      accountId: wanted.accountId,
      releaseId,
      state,
      isChange,
      countsAsAttempt,
      cause,
      progressBytes: report.progressBytes ?? null,
      totalBytes: report.totalBytes ?? null,
    },
    now,
  )
  if (isChange) await notifyChanges(tx, { releaseIds: [releaseId], environmentIds: [wanted.environmentId] })
  if (isChange && (state === 'ACTIVE' || state === 'FAILED')) {
    await auditAtom(tx, atom, now, {
      accountId: wanted.accountId,
      action: `as.atom.delivery ${state}`,
      objectType: 'attachment',
      objectId: attachmentId,
      before: { state: wanted.state },
      after: { state, releaseId, node: atom.nodeName, nodeId, ...(cause !== null && { cause }) },
    })
  }
  if (isChange && state === 'FAILED') {
    await recordEvent(tx, {
      // What failed may be tried again and fail again: each time is told.
      key: `delivery.failed:${attachmentId}:${releaseId}:${nodeId}:${now.toString()}`,
      type: 'delivery.failed',
      at: now,
      accountId: wanted.accountId,
      packId: wanted.packId,
      releaseId,
      objectId: attachmentId,
      data: {
        packName: wanted.packName,
        installationName: wanted.installationName,
        environmentId: wanted.environmentId,
        environmentName: wanted.environmentName,
        atomId,
        atomName: atom.atomName,
        nodeName: atom.nodeName,
        cause,
      },
    })
  }
  return { kind: 'taken', state }
}
