import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'vite'

import { root } from '../repository.ts'
import { numberOf, type Copy } from './bench-database.ts'
import { type Bench, fact, pairs, row } from './frame.ts'
import { measureMidnight, setClockBeforeMidnight } from './midnight.ts'
import { endWithUs } from './own-processes.ts'
import { makeMidnight, midnightScene } from './p2-midnight.ts'
import { releaseByHand } from './raw-release.ts'

/** P3: the same midnight with five processes of the release job, of which one is killed every 250 milliseconds. */
export const benchKillStorm: Bench = async (context) => {
  const { what } = await makeMidnight(context)
  const { server } = context
  await bundleWorker()
  const violations: string[] = []
  let kills = 0
  const { ratio, spread } = await pairs(1, 's', {
    raw: () => server.onCopy(midnightScene, ({ client }) => releaseByHand(client)),
    product: () =>
      server.onCopy(midnightScene, async (copy) => {
        await setClockBeforeMidnight(copy.client, 3_600)
        await compileOnce(copy.url)
        const storm = startStorm(copy.url, context.isQuick ? 1_000 : 250)
        const seconds = await measureMidnight(copy.client)
        kills += storm.stop()
        violations.push(...(await violationsIn(copy)))
        return seconds
      }),
  })
  return [
    row('P3', `midnight: ${what}, kill -9 every 250 ms ÷ one transaction by hand`, ratio, {
      kind: 'at most',
      must: 3,
      aim: 2,
      unit: ' ×',
      detail: `${spread}, ${kills} kills`,
    }),
    fact(
      'P3',
      'everything once, nothing lost',
      violations.length === 0,
      violations.join('; ') || 'no violation',
    ),
  ]
}

const outDir = join(root, 'node_modules/.cache/bench/release-worker')

/** As one file, which is at hand twice as fast as the hundreds that it is made of. */
const bundleWorker = () =>
  build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(root, 'apps/api/src/test/release-worker.ts'), outDir, target: 'esnext' },
  })

const startWorker = (url: string) =>
  endWithUs(
    spawn(process.execPath, [join(outDir, 'release-worker.js')], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: url,
        NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/bench/compiled'),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )

/** Machines restart; what was compiled once is at hand then. */
async function compileOnce(url: string) {
  const worker = startWorker(url)
  for await (const line of createInterface(worker.stdout)) if (line === 'looked') break
  worker.kill('SIGKILL')
}

/** One that still starts is spared: where the machine is busy, none would ever come to anything. */
function startStorm(url: string, everyMillis: number) {
  const ready: ChildProcess[] = []
  const all = new Set<ChildProcess>()
  const start = () => {
    const worker = startWorker(url)
    worker.stdout.once('data', () => ready.push(worker))
    all.add(worker)
  }
  for (let count = 0; count < 5; count += 1) start()
  let kills = 0
  const killing = setInterval(() => {
    const oldest = ready.shift()
    if (!oldest) return
    oldest.kill('SIGKILL')
    all.delete(oldest)
    kills += 1
    start()
  }, everyMillis)
  return {
    stop: () => {
      clearInterval(killing)
      for (const worker of all) worker.kill('SIGKILL')
      return kills
    },
  }
}

/** Each of these is a number of rows that must be the number of attachments, or of packs, or none. */
async function violationsIn({ client }: Copy): Promise<string[]> {
  // Whoever was killed last may still hold what it did not commit.
  await wait(1_000)
  const packs = await numberOf(client, `select count(*) from "IntegrationPack"`)
  const attachments = await numberOf(client, `select count(*) from "Attachment"`)
  const expected: [string, number, string][] = [
    ['records of the releases', attachments, `select count(*) from "ReleaseTarget"`],
    [
      'audit entries of updates',
      attachments,
      `select count(*) from "AuditEntry" where action = 'as.ipack UPDATE AUTOMATIC'`,
    ],
    [
      'audit entries of releases',
      packs,
      `select count(*) from "AuditEntry" where action = 'as.ipack.release RELEASE'`,
    ],
    [
      'attachments that run the current release under their next number',
      attachments,
      `select count(*) from "Attachment" a join "IntegrationPack" k on k.id = a."packId"
        where a."releaseId" = k."currentReleaseId" and a."versionNumber" = 2`,
    ],
    [
      'packages that run',
      attachments,
      `select count(*) from "DeployedPackage" d join "Attachment" a on a.id = d."attachmentId"
        join "ReleaseItem" i on i."releaseId" = a."releaseId" and i."packageId" = d."packageId" where d."isActive"`,
    ],
    [
      'releases that are out',
      packs,
      `select count(*) from "Release" where sequence = 2 and status = 'SUCCESS'`,
    ],
    ['updates that the releases counted', attachments, `select sum("fanOutCount") from "Release"`],
    ['releases that were early', 0, `select count(*) from "Release" where "startedAt" < "dueAt"`],
  ]
  const found: string[] = []
  for (const [what, wanted, query] of expected) {
    const count = await numberOf(client, query)
    if (count !== wanted) found.push(`${count} ${what} instead of ${wanted}`)
  }
  return found
}
