import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../random.ts'
import { atExit } from './at-exit.ts'

const root = join(import.meta.dirname, '../../..')
const thisBuild = join(root, 'apps/api/src/main.ts')
/** Starting costs half of the work when what was compiled once is kept; every build is another one. */
const compiled = join(root, 'node_modules/.cache/compiled')

/** All instances of a run have the same, and leave no file of theirs behind. */
const secretsKey = randomBytes(32).toString('base64')

export type InstanceOptions = {
  databaseUrl: string
  /** A file that takes what all of them print. */
  log: string
  environment?: Record<string, string>
  /** Of Node, before the file. */
  nodeArguments?: readonly string[]
  /** What starts it elsewhere than here: a command that takes a command. */
  through?: readonly string[]
  /** Of another build than this one. */
  mainFile?: string
}

/** Packline as it runs anywhere else: a process of its own on a port of its own. */
export function startInstance({
  databaseUrl,
  log,
  environment = {},
  nodeArguments = [],
  through = [],
  mainFile = thisBuild,
}: InstanceOptions) {
  const [command, ...parts] = [...through, process.execPath, ...nodeArguments, mainFile]
  const child = spawn(command, parts, {
    env: {
      PATH: process.env['PATH'] ?? '',
      TZ: 'UTC',
      PORT: '0',
      DEMO: 'false',
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      SECRETS_KEY: secretsKey,
      ...(mainFile === thisBuild && { NODE_COMPILE_CACHE: compiled }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  living.add(child)
  const instance = { child, output: '', address: undefined as string | undefined, isStopping: false }
  const exited = once(child, 'exit').then(([code, by]) => {
    living.delete(child)
    return { code: code as number | null, signal: by as string | null }
  })
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      appendFileSync(log, chunk)
      instance.output = (instance.output + chunk.toString()).slice(-100_000)
      const found = instance.address === undefined && /Packline runs at (\S+)/.exec(instance.output)?.[1]
      if (!found) return
      instance.address = found
      resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void exited.then(() => reject(new Error(`An instance ended before it was ready:\n${instance.output}`)))
  })
  // Whoever kills it before it is ready does not wait for this.
  ready.catch(() => undefined)
  return Object.assign(instance, { exited, ready })
}

export type Instance = ReturnType<typeof startInstance>

const living = new Set<ChildProcess>()
atExit(() => {
  for (const child of living) child.kill('SIGKILL')
})

/** The instances that serve one database, behind what a load balancer does: it sends to those that answer. */
export function createFleet(options: InstanceOptions) {
  let instances: Instance[] = []

  const start = (more: Partial<InstanceOptions> = {}) => {
    const instance = startInstance({ ...options, ...more })
    instances.push(instance)
    return instance
  }
  const serving = () =>
    instances.filter(
      ({ child, address, isStopping }) =>
        address !== undefined && child.exitCode === null && !child.killed && !isStopping,
    )

  return {
    start,
    serving,
    async startMany(count: number) {
      await Promise.all(Array.from({ length: count }, () => start().ready))
    },
    pick: (random: Random): Instance | undefined => random.choose(serving()),
    /** Kills one where it stands and starts another in its place. */
    async replaceKilled(instance: Instance) {
      instance.child.kill('SIGKILL')
      await instance.exited
      instances = instances.filter((one) => one !== instance)
      return start()
    },
    /** Asks one to stop as a service manager would and says how it ended and after how many milliseconds. */
    async stopInOrder(instance: Instance) {
      const asked = performance.now()
      Object.assign(instance, { isStopping: true })
      instance.child.kill('SIGTERM')
      const end = await instance.exited
      instances = instances.filter((one) => one !== instance)
      return { ...end, millis: performance.now() - asked }
    },
    async stopAll() {
      for (const { child } of instances) child.kill('SIGKILL')
      await Promise.all(instances.map(({ exited }) => exited))
      instances = []
    },
  }
}

export type Fleet = ReturnType<typeof createFleet>
