import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { formatDay } from '../lib/dates.ts'

type Seen = Pick<
  PackView,
  'name' | 'description' | 'rows' | 'current' | 'scheduled' | 'inProgress' | 'failed'
>

/** What somebody else changed between two readings of a pack, in sentences; what concerns releases first. */
export function packDifferences(before: Seen, after: Seen): string[] {
  return [
    ...releaseDifferences(before, after),
    ...(before.name === after.name ? [] : [`Its name is now “${after.name}”; it was “${before.name}”.`]),
    ...(before.description === after.description ? [] : ['Its description was changed.']),
    ...rowDifferences(before.rows, after.rows),
  ]
}

function releaseDifferences(before: Seen, after: Seen): string[] {
  const told: string[] = []
  if (after.current && after.current.id !== before.current?.id) {
    told.push(`Release ${after.current.sequence} is now current.`)
  }
  if (after.inProgress && after.inProgress.id !== before.inProgress?.id) {
    told.push(
      `Release ${after.inProgress.sequence} is going out, started by ${after.inProgress.scheduledByName}.`,
    )
  }
  if (after.failed && after.failed.id !== before.failed?.id) {
    told.push(`Release ${after.failed.sequence} has failed.`)
  }
  return [...told, ...scheduleDifference(before.scheduled, after.scheduled)]
}

function scheduleDifference(before: ReleaseSummary | null, after: ReleaseSummary | null): string[] {
  if (after === null) return before === null ? [] : [`Release ${before.sequence} is no longer scheduled.`]
  const when = `${formatDay(after.releaseOn ?? '')} (${after.timeZone}) by ${after.scheduledByName}`
  if (before?.id !== after.id) return [`Release ${after.sequence} was scheduled for ${when}.`]
  const isSameDay = before.releaseOn === after.releaseOn && before.timeZone === after.timeZone
  return isSameDay ? [] : [`Release ${after.sequence} was moved to ${when}.`]
}

function rowDifferences(before: readonly PackRowView[], after: readonly PackRowView[]): string[] {
  const known = new Map(before.map((row) => [row.componentId, row]))
  const left = new Set(after.map(({ componentId }) => componentId))
  return [
    ...after.flatMap((row) => rowDifference(known.get(row.componentId), row)),
    ...before
      .filter(({ componentId }) => !left.has(componentId))
      .map(({ componentName }) => `${componentName} is no longer in the pack.`),
  ]
}

function rowDifference(before: PackRowView | undefined, after: PackRowView): string[] {
  const { componentName: name } = after
  if (before === undefined) return [`${name} was added.`]
  if (before.isRemoved !== after.isRemoved) {
    return [after.isRemoved ? `${name} was removed.` : `The removal of ${name} was taken back.`]
  }
  const columns = [
    ['current', before.current, after.current],
    ['pending', before.pending, after.pending],
    ['latest', before.latest, after.latest],
  ] as const
  return columns
    .filter(([, from, to]) => from?.packageId !== to?.packageId)
    .map(
      ([column, from, to]) =>
        `${name}: ${column} version ${from?.version ?? 'blank'} → ${to?.version ?? 'blank'}.`,
    )
}
