import type { CancelPlan } from '@packline/domain/releases/plan-cancel.ts'
import type { ReleaseNowPlan } from '@packline/domain/releases/plan-release-now.ts'
import type { ReleaseRefusal } from '@packline/domain/releases/plan-release.ts'
import type { ReschedulePlan } from '@packline/domain/releases/plan-reschedule.ts'
import type { RetryPlan } from '@packline/domain/releases/plan-retry.ts'
import type { ReleaseDateRange } from '@packline/domain/time/release-date.ts'
import { writeDay } from '@packline/domain/time/write-window.ts'
import type { Refusal } from '../../platform/problems.ts'

type Refused<Plan> = Extract<Plan, { kind: 'refused' }>
export type AnyReleaseRefusal =
  | ReleaseRefusal
  | Refused<ReschedulePlan>
  | Refused<ReleaseNowPlan>
  | Refused<CancelPlan>
  | Refused<RetryPlan>
type Reason = AnyReleaseRefusal['reason']

/** What the sentence may need: the components meant, by name, and the dates that can be chosen. */
type Context = { names: string; range: ReleaseDateRange | undefined }
type Words = { status: number; message: string | ((context: Context) => string) }

const conflict = (message: Words['message']): Words => ({ status: 409, message })
const unprocessable = (message: Words['message']): Words => ({ status: 422, message })

/** A status and a sentence for every reason; a new reason does not compile until it has both. */
const wordsFor: Record<Reason, Words> = {
  'release-in-progress': conflict(
    'A release of this pack is going out right now. Wait until it has finished.',
  ),
  'release-already-scheduled': conflict(
    'A release of this pack is already scheduled. Reschedule it, change its versions or cancel it. Releasing immediately is possible and ends its testing period.',
  ),
  'release-not-scheduled': conflict('This release is not scheduled any more: it was cancelled or replaced.'),
  'release-already-out': conflict('This release has already gone out.'),
  'release-not-failed': conflict('Only a release that has failed can be tried again.'),
  'release-replaced': conflict(
    'A newer release of this pack has taken the place of this one, so it is not tried again.',
  ),
  'versions-unchanged': conflict(
    'These are exactly the versions already chosen before. Select another version of at least one component.',
  ),
  'pack-empty': unprocessable(
    'A release needs at least one package. Add one, or undelete one that was removed.',
  ),
  'too-many-components': unprocessable('An integration pack holds at most 100 packages.'),
  'duplicate-component': unprocessable(
    'The same component is listed twice. A release has one version of each.',
  ),
  'component-not-in-pack': unprocessable(
    'A component of this release does not belong to the pack. Add its package to the pack first.',
  ),
  'version-not-of-component': unprocessable(
    ({ names }) => `The version chosen for ${names} is not one of its packaged versions.`,
  ),
  'version-deleted': unprocessable(
    ({ names }) =>
      `The version chosen for ${names} has been deleted. Select another version, or restore it first.`,
  ),
  'version-not-shareable': unprocessable(
    ({ names }) =>
      `The version chosen for ${names} may not be shared. Select a version that was packaged with sharing allowed.`,
  ),
  'api-service-in-multi': unprocessable(
    ({ names }) => `A pack of type Multiple Attachments cannot hold API Service components: ${names}.`,
  ),
  'notes-too-long': unprocessable('Release notes have at most 5,000 characters.'),
  'time-zone-missing': unprocessable(
    'Save your time zone in Settings > User Information first: a release goes out on a date in your time zone.',
  ),
  'time-zone-unknown': unprocessable(
    'The time zone in your User Information is not known any more. Choose it again there.',
  ),
  'date-missing': unprocessable('Choose the date of the release.'),
  'date-invalid': unprocessable(
    'That is not a date. Write it as YYYY-MM-DD, such as 2027-03-01; 29 February exists in leap years only.',
  ),
  'date-is-today': unprocessable(
    'Today cannot be chosen: its release window has begun. Choose a later date, or release immediately.',
  ),
  'date-in-past': unprocessable(
    ({ range }) =>
      `That date has passed. The first date you can choose is ${range ? writeDay(range.first) : 'tomorrow'}.`,
  ),
  'date-too-far': unprocessable(
    ({ range }) =>
      `That date is more than a year away. The last date you can choose is ${range ? writeDay(range.last) : 'in one year'}.`,
  ),
  'date-skipped': unprocessable('That date does not exist in your time zone. Choose another date.'),
  'cancel-reason-missing': unprocessable(
    'Give a reason for cancelling, so that the accounts concerned can understand it.',
  ),
  'cancel-reason-too-long': unprocessable('The reason for cancelling has at most 500 characters.'),
}

/** The refusal as it is answered. Component names come from the pack itself, so none of another account can appear. */
export function refuseRelease(
  refusal: AnyReleaseRefusal,
  components: readonly { componentId: string; componentName: string }[] = [],
): Refusal {
  const { status, message } = wordsFor[refusal.reason]
  const ids = 'componentIds' in refusal ? refusal.componentIds : []
  const range = 'range' in refusal ? refusal.range : undefined
  const known = new Map(components.map((one) => [one.componentId, one.componentName]))
  const names = ids.map((id) => known.get(id) ?? 'one component').join(', ')
  return {
    status,
    code: refusal.reason,
    message: typeof message === 'string' ? message : message({ names, range }),
    ...((ids.length > 0 || range) && { details: { ...(ids.length > 0 && { componentIds: ids }), ...range } }),
  }
}
