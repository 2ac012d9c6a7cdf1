import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { ensurePostgresOwner, postgresBinaries } from '@packline/database/postgres-binaries.ts'
import pg from 'pg'

const execute = promisify(execFile)

/** How to end what runs at this moment: servers have sessions of their own and outlive whoever is interrupted. */
const ends = new Map<string, () => void>()
process.on('exit', () => {
  for (const end of ends.values()) end()
})

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

  const control = async (...args: string[]) => {
    const child = spawn(pg_ctl, ['-D', directory, '-w', '-l', join(directory, 'server.log'), ...args], {
      ...owner,
      cwd: '/',
      stdio: 'ignore',
    })
    await once(child, 'exit')
  }

  const stopped = ['-D', directory, '-m', 'immediate', 'stop']
  ends.set(directory, () => spawnSync(pg_ctl, stopped, { ...owner, cwd: '/', stdio: 'ignore' }))
  const stop = async () => {
    await server.stop()
    ends.delete(directory)
  }

  return {
    directory,
    url: server.url,
    /** `fast` ends sessions in order; `immediate` is a crash, from which the server recovers when it starts. */
    restart: (mode: 'fast' | 'immediate') => control('-m', mode, 'restart'),
    /** The numbers of its processes: the first, which starts all others, and those that serve somebody or itself. */
    processes: () => serverProcesses(directory, server.url('postgres')),
    /** Kills every process of the server at once, as losing the machine does, and starts it again with what is on disk. */
    async killAndStart() {
      const pids = await serverProcesses(directory, server.url('postgres'))
      for (const pid of pids) signal(pid, 'SIGKILL')
      while (pids.some((pid) => signal(pid, 0))) await wait(5)
      // `restart` takes the options of the last start, port included, and finds nobody to stop.
      await control('restart')
    },
    /** Stops it in order, and starts it again with what is then in its directory. */
    async whileStopped(work: () => Promise<void>) {
      await control('-m', 'fast', 'stop')
      await work()
      await control('restart')
    },
    stop,
    async remove() {
      await stop()
      await rm(directory, { recursive: true, force: true })
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

/** True when there is a process of that number; signal 0 only asks. */
export function signal(pid: number, name: 'SIGKILL' | 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
