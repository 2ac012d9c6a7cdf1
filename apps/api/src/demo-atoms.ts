import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { insertToken } from './features/atoms/install-tokens.store.ts'
import type { Deps } from './platform/deps.ts'
import { hashToken, newToken } from './platform/session-token.ts'

/** One takes its time and one fails the first thing it fetches, so that both can be seen. */
const demoAtoms = [
  { accountId: 'bluebird-4K8M2C', name: 'bluebird-prod-1', flags: ['--slow=800'] },
  { accountId: 'kathmandu-9T3W5D', name: 'kathmandu-molecule', flags: ['--fail-once'] },
  { accountId: 'chatham-2P6R8E', name: 'chatham-cloud', flags: [] },
] as const
type DemoAtom = (typeof demoAtoms)[number]

const atomMain = join(import.meta.dirname, '../../atom/src/main.ts')
const patienceMillis = 5_000

/** Runs Atoms of the demo's managed accounts as processes of their own, until they are stopped or Packline ends. */
export async function startDemoAtoms(deps: Deps, url: string, log: FastifyBaseLogger) {
  const children = await Promise.all(demoAtoms.map((one) => startDemoAtom(deps, url, one, log)))
  const running = children.filter((child) => child !== undefined)
  return { stop: () => Promise.all(running.map(stop)) }
}

async function startDemoAtom(
  { systemDb: db, env }: Deps,
  url: string,
  demo: DemoAtom,
  log: FastifyBaseLogger,
) {
  const { accountId, name, flags } = demo
  const atom = await db.atom.findFirst({
    where: { accountId, name },
    select: { id: true, type: true, nodes: { where: { credentialHash: { not: null } } } },
  })
  // Somebody has renamed or removed it.
  if (!atom) return undefined

  const dir = join(env.dataDir, 'atoms', name)
  const isRegistered = atom.nodes.length > 0 && existsSync(join(dir, 'credential.json'))
  const token = isRegistered ? undefined : newToken()
  if (token !== undefined) {
    await db.$transaction((tx) =>
      insertToken(tx, { atomId: atom.id, type: atom.type, hash: hashToken(token), createdByName: 'Demo' }),
    )
  }
  const args = [`--url=${url}`, `--dir=${dir}`, `--name=${name}`, '--stop-with-stdin', ...flags]
  const child = spawn(process.execPath, [atomMain, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...(token !== undefined && { PACKLINE_ATOM_TOKEN: token }) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => log.info({ atom: name }, line))
  }
  child.on('error', (error) => log.warn({ atom: name, err: error }, 'a demo Atom cannot be started'))
  child.on('exit', (code) => {
    if (code !== 0) log.warn({ atom: name, code }, 'a demo Atom has ended')
  })
  return child
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([exited, wait(patienceMillis, undefined, { ref: false })])
  child.kill('SIGKILL')
}
