import {
  rolloutRow,
  type RolloutFilter,
  type RolloutPage,
  type RolloutRow,
} from '@packline/contract/rollout.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { lookAtRollout } from './rollout-rows.views.ts'
import { searchRollout } from './rollout-search.views.ts'
import { firstAtom, lastAtom, type RolloutPlace, startOfRollout } from './rollout-places.views.ts'

const rolledOut = z.object({
  releaseId: z.uuid(),
  packId: z.uuid(),
  packName: z.string(),
  packType: z.enum(['SINGLE', 'MULTI']),
  sequence: z.number(),
  isAwaited: z.boolean(),
  isCurrent: z.boolean(),
})
export type RolledOutRelease = z.infer<typeof rolledOut>

/** A release whose rollout can be read; undefined when it is not this account's. */
export async function findRolledOut(
  db: Database,
  scope: AccountScope,
  releaseId: string,
): Promise<RolledOutRelease | undefined> {
  const rows = await db.$queryRaw`
    select r.id as "releaseId", k.id as "packId", k.name as "packName", k.type as "packType", r.sequence,
      r.status = 'SCHEDULED' or (r.status in ('IN_PROGRESS', 'ERROR') and k."currentReleaseId" = r.id) as "isAwaited",
      k."currentReleaseId" is not distinct from r.id as "isCurrent"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.id = ${releaseId}::uuid and k."accountId" = ${scope}`
  return z.array(rolledOut).parse(rows)[0]
}

export type RolloutChoice = {
  state?: RolloutFilter | undefined
  account?: string | undefined
  search?: string | undefined
  after?: string | undefined
  before?: string | undefined
  pageSize: number
}

const storedRow = z.object({
  ...rolloutRow.shape,
  changedAt: z
    .date()
    .transform((date) => date.toISOString())
    .nullable(),
})

const stoppedAt = z.object({ accountId: z.string(), attachmentId: z.uuid() }).nullable()
const looked = z.tuple([z.looseObject({ stop: stoppedAt })], z.unknown())

/** How many attachments of each range are looked at in one statement, and until how many milliseconds have passed. */
export type Pace = { atOnce: number; millis: number }
const usualPace: Pace = { atOnce: 500, millis: 20 }

/**
 * A page of a release's rollout, account by account. The caller has made sure that the release may be read. The list is
 * gone through from the page's place on, and not for long: where very many stand between two that are looked for, a page
 * has what was found within its pace, and the place where to go on.
 */
export async function listRollout(
  db: Database,
  release: RolledOutRelease,
  { state, account, search = '', after, before, pageSize }: RolloutChoice,
  pace: Pace = usualPace,
): Promise<RolloutPage> {
  const until = performance.now() + pace.millis
  const match = await searchRollout(db, release, search)
  const cursor = before ?? after
  const isBackwards = before !== undefined
  const slice = { ...release, account, isBackwards, atOnce: pace.atOnce }
  const rows: RolloutRow[] = []
  let from = cursor === undefined ? startOfRollout : placeOf(cursor)
  let end: RolloutPlace | null
  do {
    const answer = await db.$queryRaw<{ attachmentId: string | null }[]>(
      lookAtRollout(state, { ...slice, from }, match, pageSize),
    )
    const [{ stop }] = looked.parse(answer)
    rows.push(...z.array(storedRow).parse(answer.filter(({ attachmentId }) => attachmentId !== null)))
    end = stop && { ...stop, atomId: isBackwards ? firstAtom : lastAtom }
    from = end ?? from
  } while (end && rows.length <= pageSize && performance.now() < until)
  const isMore = rows.length > pageSize
  const page = rows.slice(0, pageSize)
  if (isBackwards) page.reverse()
  const [first, last] = [page[0], page.at(-1)].map(placeOfRow)
  return isBackwards
    ? { rows: page, next: cursorOf(last), previous: cursorOf(isMore ? first : end) }
    : {
        rows: page,
        next: cursorOf(isMore ? last : end),
        previous: after === undefined ? null : cursorOf(first),
      }
}

const placeOfRow = (row: RolloutRow | undefined): RolloutPlace | null =>
  row ? { ...row, atomId: row.atomId ?? firstAtom } : null

const cursorOf = (place: RolloutPlace | null | undefined) =>
  place ? [place.accountId, place.attachmentId, place.atomId].join('.') : null

function placeOf(cursor: string): RolloutPlace {
  const [accountId = '', attachmentId = '', atomId = ''] = cursor.split('.')
  return { accountId, attachmentId, atomId }
}
