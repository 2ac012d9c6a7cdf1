import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareApplicationLogin } from '@packline/database/application-login.ts'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { ensurePostgresOwner, postgresBinaries } from '@packline/database/postgres-binaries.ts'
import { afterAll } from 'vitest'
import { endWithTheFile } from './own-processes.ts'

const mainFile = join(import.meta.dirname, '../main.ts')

/** Starting costs half of the work when what was compiled once is kept. */
export const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/compiled')

/** The same for all, as for instances of one Packline. */
const SECRETS_KEY = randomBytes(32).toString('base64')

/** Packline as it runs anywhere else: a process of its own. */
export function startPackline(environment: Record<string, string>) {
  const child = endWithTheFile(
    spawn(process.execPath, [mainFile], {
      env: {
        PATH: process.env.PATH ?? '',
        PORT: '0',
        LOG_LEVEL: 'error',
        DEMO_ATOMS: 'false',
        NODE_COMPILE_CACHE,
        SECRETS_KEY,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  const output = { text: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  const exited = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }))
  return { child, output, exited, ready: untilReady(output, exited) }
}

/** The address it says it runs at; rejects with everything it printed when it ends instead. */
function untilReady(output: { text: string }, exited: Promise<unknown>): Promise<string> {
  const address = new Promise<string>((resolve) => {
    const look = setInterval(() => {
      const found = /Packline runs at (\S+)/.exec(output.text)?.[1]
      if (found === undefined) return
      clearInterval(look)
      resolve(found)
    }, 20)
    void exited.then(() => clearInterval(look))
  })
  const failed = exited.then(() =>
    Promise.reject(new Error(`Packline ended before it was ready:\n${output.text}`)),
  )
  const ready = Promise.race([address, failed])
  // Tests that expect it to end do not wait for this.
  ready.catch(() => undefined)
  return ready
}

/** A port that nobody listens on, for what has to be known before the process starts. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  await once(listener, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Whether a PostgreSQL server runs on this directory. */
export async function isServerRunning(directory: string) {
  const { pg_ctl } = await postgresBinaries()
  const owner = await ensurePostgresOwner()
  const child = spawn(pg_ctl, ['-D', directory, 'status'], { ...owner, cwd: '/', stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

/** A PostgreSQL server for one test file, which may be pulled from under Packline; real durability. */
export async function startOwnPostgres() {
  const directory = await mkdtemp(join(tmpdir(), 'packline-faults-'))
  const server = await startEmbeddedPostgres(directory)
  afterAll(async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  })
  await prepareApplicationLogin(server.url('postgres'))
  const { pg_ctl } = await postgresBinaries()
  const owner = await ensurePostgresOwner()
  return {
    url: server.url('postgres'),
    /** `fast` ends sessions in order; `immediate` is a crash, from which the server recovers when it starts. */
    restart: async (mode: 'fast' | 'immediate') => {
      const child = spawn(pg_ctl, ['-D', directory, '-w', '-m', mode, '-l', '/dev/null', 'restart'], {
        ...owner,
        cwd: '/',
        stdio: 'ignore',
      })
      await once(child, 'exit')
    },
  }
}
