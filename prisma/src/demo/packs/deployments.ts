import { toDate } from '../demo-calendar.ts'
import { demoId } from '../demo-id.ts'
import type { HistoryAttachment, PackHistory } from './pack-history.ts'

type Deployment = {
  id: string
  attachmentId: string
  accountId: string
  environmentId: string
  componentId: string
  packageId: string
  version: number
  deployedAt: Date
  deployedByName: string
  isActive: boolean
  endedAt: Date | null
}
type Turn = { releaseId: string; at: Temporal.Instant; byName: string }

/** What ran in each environment from when to when: a component keeps its deployment until its package changes. */
export const deployedPackages = (history: PackHistory): Deployment[] =>
  history.attachments.flatMap((attachment) => deploymentsOf(history, attachment))

function deploymentsOf(history: PackHistory, attachment: HistoryAttachment): Deployment[] {
  const all: Deployment[] = []
  const running = new Map<string, Deployment>()
  for (const { releaseId, at, byName } of turnsOf(history, attachment)) {
    const content = history.releases.find(({ id }) => id === releaseId)?.content ?? []
    for (const [componentId, before] of running) {
      if (content.some(({ id }) => id === before.packageId)) continue
      Object.assign(before, { isActive: false, endedAt: toDate(at) })
      running.delete(componentId)
    }
    for (const { componentId, id: packageId } of content) {
      if (running.has(componentId)) continue
      const version = 1 + all.filter((one) => one.componentId === componentId).length
      const deployment = {
        id: demoId('deployment', attachment.id, componentId, version),
        attachmentId: attachment.id,
        accountId: attachment.accountId,
        environmentId: attachment.environmentId,
        componentId,
        packageId,
        version,
        deployedAt: toDate(at),
        deployedByName: byName,
        isActive: true,
        endedAt: null,
      }
      all.push(deployment)
      running.set(componentId, deployment)
    }
  }
  return all
}

/** The releases an attachment has run, in their order. */
function turnsOf({ targets, installations }: PackHistory, attachment: HistoryAttachment): Turn[] {
  const reached = targets
    .filter(({ attachmentId }) => attachmentId === attachment.id)
    .toSorted((one, other) => Temporal.Instant.compare(one.appliedAt, other.appliedAt))
  const installer = installations.find(({ id }) => id === attachment.installationId)
  const first = {
    releaseId: reached[0]?.fromReleaseId ?? attachment.releaseId,
    at: attachment.attachedAt,
    byName: installer?.installedByName ?? '',
  }
  return [
    first,
    ...reached.map(({ releaseId, appliedAt, appliedByName }) => ({
      releaseId,
      at: appliedAt,
      byName: appliedByName,
    })),
  ]
}

/** Every process that an installation of a pack with Multiple Attachments was ever given has an id of its own. */
export function installedProcesses(history: PackHistory) {
  if (history.pack.type === 'SINGLE') return []
  return history.installations.flatMap(({ id: installationId, lastDeliveredReleaseId }) => {
    const attachments = history.attachments.filter((one) => one.installationId === installationId)
    const given = new Set([
      lastDeliveredReleaseId,
      ...attachments.flatMap((one) => turnsOf(history, one).map(({ releaseId }) => releaseId)),
    ])
    const contents = history.releases.filter(({ id }) => given.has(id)).flatMap(({ content }) => content)
    return [...new Set(contents.map(({ componentId }) => componentId))].map((componentId) => ({
      installationId,
      componentId,
      wrapperProcessId: demoId('wrapper process', installationId, componentId),
    }))
  })
}
