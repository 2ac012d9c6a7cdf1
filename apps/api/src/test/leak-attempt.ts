import { randomUUID } from 'node:crypto'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import { type IdOf, ofWorld, probeOf, type Route, type Slot, slotsOf } from './route-probes.ts'
import type { watchStatements } from './watched-statements.ts'
import type { World } from './world.ts'

type Watched = Pick<ReturnType<typeof watchStatements>['watched'], 'count'>
export type Attempt = {
  watched: Watched
  route: Route
  intruder: World
  victim: World
  /** The tables in which something of the victim's has changed since it was last asked. */
  changedRows: () => Promise<string[]>
}

/**
 * Sends a route ids of another account, each by itself beside own ones and all together, and ids that nobody has in
 * their place. Says what was different, what came back of the other account, and what was changed there.
 */
export async function attemptLeaks(attempt: Attempt): Promise<string[]> {
  const { watched, route, intruder, victim, changedRows } = attempt
  const slots = slotsOf(route)
  const combinations = [...slots.map((slot) => [slot]), ...(slots.length > 1 ? [slots] : [])]
  const problems: string[] = []
  const reads = route.method === 'GET'
  const send = (idOf: IdOf) => sendTo(watched, route, { intruder, idOf })
  for (const chosen of combinations) {
    const withNobody = await send(mixed(chosen, ofNobody(), ofWorld(intruder)))
    const withForeign = await send(mixed(chosen, ofWorld(victim), ofWorld(intruder)))

    const what = chosen.map(({ place, name }) => `${place} ${name}`).join(', ')
    if (withForeign.status >= 500) problems.push(`${what}: answered ${withForeign.status}`)
    if (withForeign.isMalformed)
      problems.push(`${what}: never got past the check of its form: ${withForeign.text}`)
    if (withForeign.text !== withNobody.text)
      problems.push(`${what}: “${withForeign.text}” where nobody’s id gets “${withNobody.text}”`)
    if (withForeign.statements !== withNobody.statements)
      problems.push(`${what}: ${withForeign.statements} statements, ${withNobody.statements} for nobody’s id`)
    for (const word of wordsOf(victim)) {
      if (withForeign.tells(word)) problems.push(`${what}: tells ${word}`)
    }
    for (const table of reads ? [] : await changedRows()) problems.push(`${what}: changed ${table}`)
  }
  return problems
}

/** Does the route tell own ids from those that nobody has? Else the attempts above would prove nothing. */
export async function tellsOwnFromNobody(watched: Watched, route: Route, own: World): Promise<boolean> {
  const answers = [
    await sendTo(watched, route, { intruder: own, idOf: ofNobody() }),
    await sendTo(watched, route, { intruder: own, idOf: ofWorld(own) }),
  ]
  return answers[0]?.text !== answers[1]?.text
}

async function sendTo(watched: Watched, route: Route, { intruder, idOf }: { intruder: World; idOf: IdOf }) {
  const sent = new Map<string, string>()
  const tracked: IdOf = (slot) => {
    const id = idOf(slot)
    sent.set(id, slot.kind)
    return id
  }
  const probe = probeOf(route, tracked, intruder.email)
  const start = watched.count
  const response = await intruder.admin.call(probe.method, probe.path, {
    query: probe.query,
    ...(probe.body !== undefined && { body: probe.body }),
  })
  return {
    status: response.statusCode,
    text: `${response.statusCode} ${normal(response.body, sent)}`,
    isMalformed: response.statusCode === 400 && response.body.includes('request-invalid'),
    statements: watched.count - start,
    tells: (word: string) => !sent.has(word) && response.body.includes(word),
  }
}

const mixed =
  (chosen: readonly Slot[], theirs: IdOf, own: IdOf): IdOf =>
  (slot) =>
    chosen.some(({ place, name }) => place === slot.place && name === slot.name) ? theirs(slot) : own(slot)

function ofNobody(): IdOf {
  const made = new Map<string, string>()
  return ({ kind }) => {
    const id = made.get(kind) ?? (kind === 'accountId' ? `nobody-${randomUUID().slice(0, 8)}` : randomUUID())
    made.set(kind, id)
    return id
  }
}

/** An answer without what differs from request to request. */
const normal = (body: string, sent: ReadonlyMap<string, string>) =>
  [...sent]
    .reduce((text, [id, kind]) => text.replaceAll(id, `<${kind}>`), body)
    .replaceAll(/"requestId":"[^"]*"/g, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')

/** What only the other account's data can say. */
export const wordsOf = ({ canary, ownId, ids }: World): string[] => [canary, ownId, ...Object.values(ids)]

const tableRow = z.object({ name: z.string(), fingerprint: z.string() })

/** Everything that has to do with the account, in all tables: how many rows, and what is in them. */
export const fingerprintOf = (db: Database, victim: World) => fingerprintOfRowsWith(db, wordsOf(victim))

/** For `changedRows`: from now on. */
export async function watchRowsOf(db: Database, victim: World) {
  let last = await fingerprintOf(db, victim)
  return async () => {
    const now = await fingerprintOf(db, victim)
    const changed = differences(last, now)
    last = now
    return changed
  }
}

/** Every row in which one of these words stands, in all tables. */
export async function fingerprintOfRowsWith(
  db: Database,
  words: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const tables = z
    .array(z.object({ name: z.string() }))
    .parse(await db.$queryRaw`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  // Compared as bytes and each row written once: this runs after every request that might change something.
  const rows = await db.$queryRawUnsafe(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '') as fingerprint
           from (select t::text collate "C" as line from "${name}" t offset 0) lines where line like any($1)`,
      )
      .join(' union all '),
    words.map((word) => `%${word}%`),
  )
  return new Map(
    z
      .array(tableRow)
      .parse(rows)
      .map(({ name, fingerprint }) => [name, fingerprint]),
  )
}

export const differences = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...after].filter(([name, fingerprint]) => before.get(name) !== fingerprint).map(([name]) => name)
