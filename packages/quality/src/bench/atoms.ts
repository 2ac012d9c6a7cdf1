import { setTimeout as wait } from 'node:timers/promises'

import { connectDatabase } from '@packline/database/client.ts'
import { createCustomer, createPublisher } from './atom-scene.ts'
import { type Bench, type BenchRow, percentile, row, secondsSince } from './frame.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { signIn } from './sign-in.ts'
import { connectAtoms, type SimulatedAtom } from './simulated-atoms.ts'

const name = 'Atoms'

/**
 * A thousand Atoms wait for one server; an early apply in an environment that holds them all; then a thousand more in
 * an environment each, and a release that reaches all of them. How long until the last one heard, and what the server needed.
 */
export const benchAtoms: Bench = ({ isQuick, server: bench }) => {
  const count = isQuick ? 200 : 1_000
  return bench.onCopy('migrated', async ({ url, client }) => {
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
      const manager = await signIn(client, publisher.accountId, 1)
      const release = (ordinal: 2 | 3, timing: object) =>
        post(server, manager, `/integration-packs/${publisher.packId}/releases`, {
          versions: publisher.versions(ordinal),
          timing,
        })

      const dense = await createCustomer(db, publisher, { environments: 1, atomsInEach: count })
      const operator = await signIn(client, dense.accountId, 1)
      const together = await connectAll(server, dense.tokens)
      await release(2, { kind: 'on-date', releaseOn: inTwoMonths() })
      const hearOfApply = await startHearing(together)
      const applied = await hearOfApply('an apply in the environment of', () =>
        post(server, operator, `/environments/${dense.environmentId}/updates`, {}),
      )

      const wide = await createCustomer(db, publisher, { environments: count, atomsInEach: 1 })
      const hearOfRelease = await startHearing([...together, ...(await connectAll(server, wide.tokens))])
      const waiting = await costOfWaiting(server, isQuick ? 10 : 30)
      const released = await hearOfRelease(`a release to ${count + 1} environments with`, () =>
        release(3, { kind: 'immediately' }),
      )
      return [applied, released, ...memoryRow((await server.memory()).peak, waiting)]
    } finally {
      await db.$disconnect()
      await server.stop()
    }
  })
}

async function connectAll(server: ServerProcess, tokens: readonly string[]) {
  const started = performance.now()
  const atoms = await connectAtoms(server.url, tokens)
  await Promise.all(atoms.map((atom) => atom.look()))
  const seconds = secondsSince(started).toFixed(1)
  console.log(`    ${atoms.length} Atoms registered and asked what to run in ${seconds} s`)
  return atoms
}

/** Has them wait. Gives a function that does something and says how long it took until the last of them heard of it. */
async function startHearing(atoms: readonly SimulatedAtom[]) {
  const hearing = Promise.all(atoms.map((atom) => atom.untilHeard()))
  // When the act fails they fail after it, and nobody asks them any more.
  hearing.catch(() => undefined)
  // By then all of them wait.
  await wait(2_000)
  return async (what: string, act: () => Promise<void>): Promise<BenchRow> => {
    const asked = performance.now()
    await act()
    const heard = (await hearing).map((at) => (at - asked) / 1_000)
    const started = performance.now()
    await Promise.all(atoms.map((atom) => atom.fetchAll()))
    console.log(`    all fetched, verified and reported active ${secondsSince(started).toFixed(1)} s later`)
    const half = percentile(heard, 0.5).toFixed(2)
    return row(name, `${what} ${atoms.length} Atoms: heard by the last`, percentile(heard, 1), {
      kind: 'at most',
      must: 5,
      aim: 1,
      unit: ' s',
      detail: `half after ${half} s`,
    })
  }
}

/** Over as long as every one of them asks at least once. */
async function costOfWaiting(server: ServerProcess, seconds: number): Promise<string> {
  const before = await server.cpuSeconds()
  await wait(seconds * 1_000)
  const percent = (((await server.cpuSeconds()) - before) / seconds) * 100
  const { now } = await server.memory()
  return `while all wait ${now.toFixed(0)} MB and ${percent.toFixed(1)} % of one core`
}

/** None where the system does not say. */
const memoryRow = (megabytes: number, detail: string): BenchRow[] =>
  Number.isNaN(megabytes)
    ? []
    : [
        row(name, 'memory of their server at most', megabytes, {
          kind: 'at most',
          must: 1_024,
          aim: 768,
          unit: ' MB',
          digits: 0,
          detail,
        }),
      ]

async function post(server: ServerProcess, cookies: readonly string[], path: string, body: unknown) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      cookie: cookies[0] ?? '',
      'content-type': 'application/json',
      'x-packline-request': '1',
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${path} was answered ${answer.status}: ${await answer.text()}`)
}

const inTwoMonths = () => new Date(Date.now() + 60 * 24 * 3_600_000).toISOString().slice(0, 10)
