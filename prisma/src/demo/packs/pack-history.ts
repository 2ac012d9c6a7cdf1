import type { PackItem } from '@packline/domain/packs/pack-item.ts'
import type { PackType } from '@packline/domain/packs/pack-type.ts'
import type { DeliveryCount } from '@packline/domain/releases/delivery-count.ts'
import type { PackState } from '@packline/domain/releases/pack-state.ts'
import type { ReleaseSchedule } from '@packline/domain/releases/release-schedule.ts'
import { type ReleaseStatus, releasePhase } from '@packline/domain/releases/release-status.ts'
import type { DeliveryState, UpdatedHow } from '../../generated/enums.ts'
import { demoGroups, type DemoGroupName, publisherId } from '../demo-accounts.ts'
import type { DemoActor } from '../demo-actors.ts'
import type { AuditedEvent, Author } from '../demo-audit.ts'
import type { DemoCalendar } from '../demo-calendar.ts'
import type { DemoCatalogue, DemoPackage } from '../package-components.ts'

/** What the pack stories draw on. */
export type StoryBook = { calendar: DemoCalendar; catalogue: DemoCatalogue }
/** When something happened, and who did it. */
export type Step<By = DemoActor> = { at: Temporal.Instant; by: By }

export type HistoryItem = PackItem & { addedAt: Temporal.Instant; removedAt: Temporal.Instant | null }
export type HistoryRelease = {
  id: string
  sequence: number
  status: ReleaseStatus
  schedule: ReleaseSchedule
  content: readonly DemoPackage[]
  scheduler: DemoActor
  notes: string
  isRollback: boolean
  previousReleaseId: string | null
  confirmedAt: Temporal.Instant
  changedAt: Temporal.Instant
  outAt: Temporal.Instant | null
  cancelled: { by: DemoActor; reason: string } | null
  fanOutCursor: string | null
  fanOutCount: number
}

export type HistoryInstallation = DeliveryCount & {
  id: string
  accountId: string
  name: string
  installedAt: Temporal.Instant
  installedByName: string
}
export type HistoryAttachment = {
  id: string
  installationId: string
  accountId: string
  environmentId: string
  releaseId: string
  versionNumber: number
  lastUpdatedAt: Temporal.Instant
  updatedHow: UpdatedHow
  attachedAt: Temporal.Instant
}
export type HistoryTarget = {
  releaseId: string
  attachmentId: string
  accountId: string
  fromReleaseId: string
  fromNumber: number
  toNumber: number
  how: UpdatedHow
  appliedAt: Temporal.Instant
  appliedByName: string
}
export type HistoryDelivery = {
  attachmentId: string
  atomId: string
  accountId: string
  releaseId: string
  state: DeliveryState
  cause: string | null
  changedAt: Temporal.Instant
}

/**
 * A pack as its history has left it. The functions of this folder carry the history forward, event by event, by the
 * rules of the domain: what comes out is what using the product would have left behind.
 */
export type PackHistory = {
  book: StoryBook
  pack: {
    id: string
    name: string
    type: PackType
    description: string
    createdAt: Temporal.Instant
    by: DemoActor
  }
  version: number
  changed: { at: Temporal.Instant; byName: string }
  currentReleaseId: string | null
  items: HistoryItem[]
  releases: HistoryRelease[]
  groups: DemoGroupName[]
  installations: HistoryInstallation[]
  attachments: HistoryAttachment[]
  targets: HistoryTarget[]
  deliveries: HistoryDelivery[]
  events: AuditedEvent[]
}

export const isSharedWith = ({ groups }: PackHistory, accountId: string) =>
  groups.some((group) => demoGroups[group].some((member) => member === accountId))

/** What a decision at that time looked at. */
export function packStateAt(history: PackHistory, at: Temporal.Instant): PackState<DemoPackage> {
  const { catalogue } = history.book
  const scheduled = history.releases.find((one) => phaseOf(one) === 'waiting-for-date')
  return {
    type: history.pack.type,
    items: history.items,
    packages: catalogue.packages.filter(({ createdAt }) => Temporal.Instant.compare(createdAt, at) <= 0),
    current: history.releases.find(({ id }) => id === history.currentReleaseId)?.content ?? [],
    scheduled: scheduled ? { releaseId: scheduled.id, content: scheduled.content } : null,
    components: catalogue.components,
    earlierComponentIds: history.releases.flatMap(({ content }) => content.map((one) => one.componentId)),
    isReleasing: history.releases.some((one) => phaseOf(one) === 'going-out'),
  }
}

const phaseOf = ({ status, schedule }: HistoryRelease) => releasePhase({ status, timing: schedule.timing })

export function componentNamed({ book }: PackHistory, name: string): string {
  const component = book.catalogue.components.find(({ told }) => told.name === name)
  if (!component) throw new Error(`The demo has no component ${name}`)
  return component.id
}

/** Notes a change of the pack, its rows or its releases. */
export function changePack(
  history: PackHistory,
  { at, by }: Step<Author>,
  event: Pick<AuditedEvent, 'action' | 'before' | 'after'> &
    Partial<Pick<AuditedEvent, 'objectType' | 'objectId'>>,
) {
  history.version += 1
  history.changed = { at, byName: by.name }
  const object = { objectType: 'integration-pack', objectId: history.pack.id } as const
  tell(history, { ...object, ...event, at, author: by, accountId: publisherId })
}

/** Adds to the audit log; a story is told in order and has happened. */
export function tell(history: PackHistory, event: AuditedEvent) {
  const last = history.events.at(-1)?.at ?? event.at
  const { now } = history.book.calendar
  if (Temporal.Instant.compare(event.at, last) < 0 || Temporal.Instant.compare(event.at, now) > 0) {
    throw new RangeError(`${event.action} of ${history.pack.name} at ${event.at} is out of order`)
  }
  history.events.push(event)
}

export const refusedBy = (name: string, reason: string) =>
  new Error(`The story of ${name} is impossible: ${reason}`)
