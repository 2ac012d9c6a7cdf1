import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { connectDatabase } from '@packline/database/client.ts'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { createCustomer, createPublisher, type Publisher } from './bench/atom-scene.ts'
import { startServer } from './bench/server-process.ts'
import { connectAtoms, type SimulatedAtom } from './bench/simulated-atoms.ts'

const atomCount = 1_000
const limits = { hearSeconds: 5, memoryMegabytes: 1_024 }

type Server = Awaited<ReturnType<typeof startServer>>

/**
 * A thousand Atoms wait for one server; an early apply in an environment that holds them all; then a thousand more in
 * an environment each, and a release that reaches all of them. Says how long it took until the last one heard, and what the server needed.
 */
export async function benchAtoms(): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'packline-bench-'))
  const postgres = await startEmbeddedPostgres(directory)
  const url = postgres.url('postgres')
  // It brings the empty database up to date.
  const server = await startServer(url)
  const db = connectDatabase({
    url,
    connections: 4,
    name: 'bench',
    statementTimeoutSeconds: 60,
    actsFor: 'owner',
  })
  try {
    const publisher = await createPublisher(db)
    const dense = await createCustomer(db, publisher, { environments: 1, atomsInEach: atomCount })
    const together = await connectAll(server, dense.tokens)
    await post(server, publisher.cookie, `/integration-packs/${publisher.packId}/releases`, {
      versions: publisher.versions(2),
      timing: { kind: 'on-date', releaseOn: inTwoMonths() },
    })
    const applied = await measure('early apply in their environment', together, () =>
      post(server, dense.cookie, `/environments/${dense.environmentId}/updates`, {}),
    )

    const wide = await createCustomer(db, publisher, { environments: atomCount, atomsInEach: 1 })
    const all = [...together, ...(await connectAll(server, wide.tokens))]
    const idle = { during: () => costOfWaiting(server, all.length) }
    const released = await measure(
      'release to 1,001 environments',
      all,
      () => releaseNow(server, publisher),
      idle,
    )

    const { peak } = await server.memory()
    console.log(`Server memory at most: ${peak.toFixed(0)} MB. Load average: ${loadavg()[0]?.toFixed(1)}.`)
    return Math.max(applied, released) < limits.hearSeconds && !(peak > limits.memoryMegabytes)
  } finally {
    const stopping = performance.now()
    await server.stop()
    console.log(`The server stopped in ${secondsSince(stopping).toFixed(1)} s.`)
    await db.$disconnect()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function connectAll(server: Server, tokens: readonly string[]) {
  const started = performance.now()
  const atoms = await connectAtoms(server.url, tokens)
  await Promise.all(atoms.map((atom) => atom.look()))
  console.log(
    `${atoms.length} Atoms registered and asked what to run in ${secondsSince(started).toFixed(1)} s.`,
  )
  return atoms
}

/** Seconds until the last of them heard, counted from the moment the act was asked for. */
async function measure(
  what: string,
  atoms: readonly SimulatedAtom[],
  act: () => Promise<void>,
  { during = () => wait(2_000) }: { during?: () => Promise<void> } = {},
) {
  const hearing = Promise.all(atoms.map((atom) => atom.untilHeard()))
  // When the act fails they fail after it, and nobody asks them any more.
  hearing.catch(() => undefined)
  await during()
  const asked = performance.now()
  await act()
  const answered = secondsSince(asked)
  const heard = (await hearing).map((at) => (at - asked) / 1_000).toSorted((a, b) => a - b)
  const at = (share: number) => (heard[Math.ceil(heard.length * share) - 1] ?? Number.NaN).toFixed(2)
  console.log(
    `${what}: answered after ${answered.toFixed(2)} s; ${heard.length} Atoms heard, half after ${at(0.5)} s, the last after ${at(1)} s.`,
  )
  const started = performance.now()
  await Promise.all(atoms.map((atom) => atom.fetchAll()))
  console.log(`  all fetched, verified and reported active ${secondsSince(started).toFixed(1)} s later.`)
  return heard.at(-1) ?? Number.NaN
}

/** Over as long as every one of them asks at least once. */
async function costOfWaiting(server: Server, count: number) {
  await wait(2_000)
  const seconds = 30
  const before = await server.cpuSeconds()
  await wait(seconds * 1_000)
  const percent = (((await server.cpuSeconds()) - before) / seconds) * 100
  const { now } = await server.memory()
  console.log(`${count} waiting Atoms: ${percent.toFixed(1)} % of one core, ${now.toFixed(0)} MB.`)
}

const releaseNow = (server: Server, { cookie, packId, versions }: Publisher) =>
  post(server, cookie, `/integration-packs/${packId}/releases`, {
    versions: versions(3),
    timing: { kind: 'immediately' },
  })

async function post(server: Server, cookie: string, path: string, body: unknown) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-packline-request': '1' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${path} was answered ${answer.status}: ${await answer.text()}`)
}

const secondsSince = (started: number) => (performance.now() - started) / 1_000
const inTwoMonths = () => new Date(Date.now() + 60 * 24 * 3_600_000).toISOString().slice(0, 10)
