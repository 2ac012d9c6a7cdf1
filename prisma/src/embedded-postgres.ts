import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { ensurePostgresOwner, postgresBinaries, type UnixOwner } from './postgres-binaries.ts'

export type EmbeddedServer = {
  /** Connection string of the `packline` database's server, without a database name: append one. */
  url: (database: string) => string
  /** Stops the server as a service manager would: sessions are ended, everything acknowledged is on disk. */
  stop: () => Promise<void>
}

const user = 'packline'

/**
 * Starts the PostgreSQL server that keeps its data in `directory`, initialising the directory when it is new.
 * A server that still runs there, left by a process that was killed, is taken over instead.
 * The server is a process of its own session, so Ctrl-C in a terminal reaches Packline only, which stops it in order.
 * Throws with a sentence a person can act on when the server cannot start.
 */
export async function startEmbeddedPostgres(
  directory: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedServer> {
  const dataDirectory = resolve(directory)
  if (!(await exists(join(dataDirectory, 'PG_VERSION')))) await initialise(dataDirectory)

  const owner = await ensurePostgresOwner()
  const { pg_ctl } = await postgresBinaries()
  const control = (...args: string[]) => run(pg_ctl, ['-D', dataDirectory, ...args], owner)

  const isRunning = async () => (await control('status')).code === 0
  if (!(await isRunning())) {
    const log = join(dataDirectory, 'server.log')
    const flags = Object.entries({ ...defaultSettings, ...settings }).flatMap(([k, v]) => ['-c', `${k}=${v}`])
    const start = async () => {
      const options = ['-p', await freePort(), ...flags].join(' ')
      // To recover from a crash may take minutes; a server that ends instead is noticed at once.
      return control('-w', '-t', '600', '-l', log, '-o', options, 'start')
    }
    let started = await start()
    // Somebody else may have taken the port that was free; on another one it is worth one more try.
    if (started.code !== 0 && !(await isRunning())) started = await start()
    // A start that loses a race against another one on the same directory finds the other's server running.
    if (started.code !== 0 && !(await isRunning())) {
      throw new Error(`PostgreSQL did not start: ${started.output.trim()}. Its log is ${log}.`)
    }
  }

  const password = (await readFile(passwordFile(dataDirectory), 'utf8')).trim()
  const port = await runningPort(dataDirectory)
  return {
    url: (database) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      await control('-w', '-t', '30', '-m', 'fast', 'stop')
    },
  }
}

const defaultSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  // A client that vanishes behind a cut network would hold its row locks for minutes with the defaults.
  tcp_keepalives_idle: '3',
  tcp_keepalives_interval: '1',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '6000',
  // And one that was killed would hold them until its statement is done.
  client_connection_check_interval: '500',
}

async function initialise(dataDirectory: string) {
  const owner = await ensurePostgresOwner()
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  if (owner) await chown(dataDirectory, owner.uid, owner.gid)

  // initdb wants an empty directory, so the password waits beside it.
  const newPassword = `${dataDirectory}.password`
  await writeFile(newPassword, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (owner) await chown(newPassword, owner.uid, owner.gid)

  const { initdb } = await postgresBinaries()
  const flags = [
    `--username=${user}`,
    '--auth=scram-sha-256',
    `--pwfile=${newPassword}`,
    '--encoding=UTF8',
    '--locale=C',
    // Sorts by code point as C does, and knows the small letters of all alphabets, not of ASCII alone.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const { code, output } = await run(initdb, ['-D', dataDirectory, ...flags], owner)
  if (code !== 0) throw new Error(`PostgreSQL could not prepare ${dataDirectory}: ${output.trim()}`)
  await rename(newPassword, passwordFile(dataDirectory))
}

const passwordFile = (dataDirectory: string) => join(dataDirectory, 'packline-password')

/** The port is the fourth line of the file that PostgreSQL writes while it runs. */
async function runningPort(dataDirectory: string) {
  const lines = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8')).split('\n')
  return Number(lines[3])
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => done(port))
    })
  })
}

function run(command: string, args: string[], owner: UnixOwner | undefined) {
  return new Promise<{ code: number; output: string }>((done, failed) => {
    // The server inherits these: with pipes, pg_ctl would seem to run for as long as the server does.
    const child = spawn(command, args, {
      ...owner,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', failed)
    child.once('exit', (code) => {
      child.stdout.destroy()
      child.stderr.destroy()
      done({ code: code ?? 1, output })
    })
  })
}
