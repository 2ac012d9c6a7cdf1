import type { RolloutFilter } from '@packline/contract/rollout.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import {
  firstAtom,
  lastAtom,
  type RolloutPlace,
  rolloutRanges,
  type RolloutSlice,
} from './rollout-sources.views.ts'

const { sql } = Prisma

const place = z.object({ accountId: z.string(), attachmentId: z.uuid() })
const looked = z.tuple([z.object({ found: z.array(place), end: place.nullable() })])

/** How many attachments of each range are looked at in one statement, and for how long, in milliseconds. */
export type Pace = { atOnce: number; millis: number }
export const usualPace: Pace = { atOnce: 500, millis: 25 }

/**
 * Attachments that have to do with a name which very many have. No index tells which of them are in a state, so the list
 * is gone through in its order, and not for long: a search of which nothing is found in a million rows would take all of
 * them. `end` is how far it came; null when nothing is left.
 */
export async function findNamed(
  db: Database,
  filter: RolloutFilter | undefined,
  slice: RolloutSlice,
  { pattern, pace }: { pattern: string; pace: Pace },
): Promise<{ attachmentIds: string[]; end: RolloutPlace | null }> {
  const until = performance.now() + pace.millis
  const places = new Map<string, RolloutPlace>()
  const beyond = (end: z.infer<typeof place>): RolloutPlace => ({
    ...end,
    atomId: slice.isBackwards ? firstAtom : lastAtom,
  })
  let from = slice.from
  let isEnd = false
  do {
    const range = { ...slice, from, limit: pace.atOnce }
    const [{ found, end }] = looked.parse(await db.$queryRaw(look(filter, range, pattern)))
    for (const one of found) places.set(one.attachmentId, beyond(one))
    isEnd = end === null
    if (end) from = beyond(end)
  } while (!isEnd && places.size < slice.limit && performance.now() < until)
  const kept = [...places.values()].slice(0, slice.limit)
  const end = kept.length < places.size ? kept.at(-1) : isEnd ? null : from
  return { attachmentIds: kept.map(({ attachmentId }) => attachmentId), end: end ?? null }
}

/** The next attachments of every range as far as all ranges have been looked at, and which of them have the name. */
function look(filter: RolloutFilter | undefined, slice: RolloutSlice, pattern: string) {
  const direction = slice.isBackwards ? sql`desc` : sql`asc`
  const opposite = slice.isBackwards ? sql`asc` : sql`desc`
  return sql`
    with looked as materialized (${rolloutRanges(filter, slice)}),
    ends as (
      select distinct on (part, "rangeId") "accountId", "attachmentId", count(*) over (partition by part, "rangeId") as count
      from looked order by part, "rangeId", "accountId" ${opposite}, "attachmentId" ${opposite}),
    horizon as materialized (
      select "accountId", "attachmentId" from ends where count >= ${slice.limit}
      order by 1 ${direction}, 2 ${direction} limit 1),
    found as (
      select l."accountId", l."attachmentId" from (
        select distinct "accountId", "attachmentId" from looked
        where not exists (select from horizon) or ("accountId", "attachmentId") ${slice.isBackwards ? sql`>=` : sql`<=`}
          (select "accountId", "attachmentId" from horizon)) l
      where exists (${named(slice, pattern)})
      order by 1 ${direction}, 2 ${direction})
    select coalesce((select jsonb_agg(found) from found), '[]') as found, (select to_jsonb(horizon) from horizon) as end`
}

/** The name of a pack with a single attachment is that of all its installations, and no use here. */
const named = ({ packType }: RolloutSlice, pattern: string) => sql`
  select from "Attachment" m
  join "Account" c on c.id = m."accountId"
  join "Environment" e on e.id = m."environmentId"
  where m.id = l."attachmentId" and (lower(c.name) like ${pattern} or lower(c.id) like ${pattern}
    or lower(e.name) like ${pattern}
    or ${packType === 'MULTI'} and exists (
      select from "Installation" i where i.id = m."installationId" and lower(i.name) like ${pattern})
    or exists (
      select from "EnvironmentAtom" ea join "Atom" t on t.id = ea."atomId"
      where ea."environmentId" = e.id and lower(t.name) like ${pattern}))`
