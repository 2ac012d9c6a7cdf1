import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import { checkNotes } from '../text/notes.ts'
import type { PackState } from './pack-state.ts'
import { type ReleaseChanges, releaseChanges } from './release-changes.ts'
import {
  type ContentRefusal,
  checkReleaseContent,
  type RowEffects,
  type VersionSelection,
} from './release-content.ts'
import {
  planSchedule,
  type ReleaseOption,
  type ReleaseSchedule,
  type Scheduler,
  type ScheduleRefusal,
} from './release-schedule.ts'

export type ReleaseRequest<Package extends PackagedComponent = PackagedComponent> = {
  pack: PackState<Package>
  selections: readonly VersionSelection[]
  option: ReleaseOption
  notes: string
  scheduler: Scheduler
  now: Temporal.Instant
}

/** A release to write: its frozen content, its schedule and what it does to rows and to the scheduled release. */
export type PlannedRelease<Package extends PackagedComponent = PackagedComponent> = RowEffects & {
  kind: 'planned'
  content: readonly Package[]
  schedule: ReleaseSchedule
  notes: string
  /** Against what consumers run now, the current release. */
  changes: ReleaseChanges<Package>
  supersedesReleaseId: string | null
}

export type ReleaseRefusal =
  | { kind: 'refused'; reason: 'release-in-progress' | 'release-already-scheduled' }
  | { kind: 'refused'; reason: 'versions-unchanged' | 'notes-too-long' }
  | { kind: 'refused'; reason: ContentRefusal; componentIds: readonly string[] }
  | ScheduleRefusal

/**
 * Decides a release of the chosen versions, at once or on a date, or says why not. An immediate release supersedes
 * a scheduled one, which then never fires; a second dated one is refused. Releasing exactly what is
 * current is refused; an older version is a rollback and fine.
 */
export function planRelease<Package extends PackagedComponent>(
  request: ReleaseRequest<Package>,
): PlannedRelease<Package> | ReleaseRefusal {
  const { pack, option } = request
  if (pack.isReleasing) return { kind: 'refused', reason: 'release-in-progress' }
  if (pack.scheduled !== null && option.kind === 'dated') {
    return { kind: 'refused', reason: 'release-already-scheduled' }
  }
  return planContentAndSchedule(request)
}

/** The part that a new release and a change of versions share: content, change against current, notes, schedule. */
export function planContentAndSchedule<Package extends PackagedComponent>(
  request: ReleaseRequest<Package>,
): PlannedRelease<Package> | ReleaseRefusal {
  const { pack, selections, option, scheduler, now } = request
  const checked = checkReleaseContent(selections, pack)
  if (checked.kind === 'refused') return checked
  const changes = releaseChanges(pack.current, checked.content)
  if (!changes.hasChanges) return { kind: 'refused', reason: 'versions-unchanged' }
  const notes = checkNotes(request.notes)
  if (notes.kind === 'refused') return notes
  const planned = planSchedule(option, scheduler, now)
  if (planned.kind === 'refused') return planned

  return {
    kind: 'planned',
    content: checked.content,
    schedule: planned.schedule,
    notes: notes.notes,
    changes,
    supersedesReleaseId: pack.scheduled?.releaseId ?? null,
    ...checked.effects,
  }
}
