import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { ensurePostgresOwner, postgresBinaries } from '@packline/database/postgres-binaries.ts'
import pg from 'pg'
import { atExit } from './at-exit.ts'
import { until } from './until.ts'

const execute = promisify(execFile)

/**
 * A PostgreSQL server of our own, which may be pulled from under the product. Its processes are killed, never the machine,
 * so what is written need not wait for the disk to be there afterwards.
 */
export async function startPostgres(settings: Record<string, string> = {}, prepared?: string) {
  const directory = await mkdtemp(join(tmpdir(), 'packline-chaos-'))
  // With owners and all, which copying by Node would lose.
  if (prepared !== undefined) await execute('cp', ['-a', `${prepared}/.`, directory])
  const server = await startEmbeddedPostgres(directory, { max_connections: '150', fsync: 'off', ...settings })
  const { pg_ctl } = await postgresBinaries()
  const owner = await ensurePostgresOwner()

  const control = async (args: readonly string[], environment: Record<string, string> = {}) => {
    const child = spawn(pg_ctl, ['-D', directory, '-w', '-l', join(directory, 'server.log'), ...args], {
      ...owner,
      cwd: '/',
      stdio: 'ignore',
      env: { ...process.env, ...environment },
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    return code === 0
  }
  /** `restart` takes the options of the last start, port included, and finds nobody to stop. */
  const start = (environment?: Record<string, string>) =>
    // What is left of a killed server may hold its memory for a moment longer.
    until(() => control(['restart'], environment), 'PostgreSQL starts again')

  // A server has a session of its own and outlives whoever is interrupted.
  const stopped = ['-D', directory, '-m', 'immediate', 'stop']
  const forget = atExit(() => {
    spawnSync(pg_ctl, stopped, { ...owner, cwd: '/', stdio: 'ignore' })
    rmSync(directory, { recursive: true, force: true })
  })

  /** Stops it in order, and starts it again with what is then in its directory and in this environment. */
  const whileStopped = async (work: () => Promise<void>, environment?: Record<string, string>) => {
    await control(['-m', 'fast', 'stop'])
    try {
      await work()
    } finally {
      await start(environment)
    }
  }

  return {
    directory,
    url: server.url,
    /** Ends its sessions in order and starts it again. */
    async restart() {
      if (!(await control(['-m', 'fast', 'restart']))) await start()
    },
    /** The numbers of its processes: the first, which starts all others, and those that serve somebody or itself. */
    processes: () => serverProcesses(directory, server.url('postgres')),
    /**
     * Kills every process of the server at once, as losing the machine does; starts it again, with what is on disk, when
     * the work that is done meanwhile is done.
     */
    async whileKilled(work: () => Promise<void>) {
      const pids = await serverProcesses(directory, server.url('postgres'))
      for (const pid of pids) signal(pid, 'SIGKILL')
      while (pids.some(isAlive)) await wait(5)
      try {
        await work()
      } finally {
        await start()
      }
    },
    /** Lets those at one more address in, who reach the server at another one of this machine. */
    async listenAlsoOn(address: string, client: string) {
      const options = join(directory, 'postmaster.opts')
      const written = await readFile(options, 'utf8')
      await whileStopped(async () => {
        await writeFile(options, written.replace(/listen_addresses=[^"]*/, `$&,${address}`))
        await appendFile(join(directory, 'pg_hba.conf'), `host all all ${client}/32 scram-sha-256\n`)
      })
    },
    whileStopped,
    stop: server.stop,
    async remove() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
      forget()
    },
  }
}

export type PostgresServer = Awaited<ReturnType<typeof startPostgres>>

async function serverProcesses(directory: string, url: string): Promise<number[]> {
  const [postmaster] = (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity')
  await client.end()
  return [Number(postmaster), ...rows.map(({ pid }) => pid)]
}

/** Runs still; false also for one that has ended without anybody taking note, as happens on machines without an init. */
function isAlive(pid: number): boolean {
  try {
    return signal(pid, 0) && !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    // Gone meanwhile, or a system that shows no processes in files.
    return signal(pid, 0)
  }
}

/** True when there is a process of that number; signal 0 only asks. */
export function signal(pid: number, name: 'SIGKILL' | 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
