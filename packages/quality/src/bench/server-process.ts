import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

import { z } from 'zod'
import { readSource, root } from '../repository.ts'
import { endWithUs } from './own-processes.ts'

/** Packline as `pnpm start` runs it, on a database of the measurement's own. */
export const startServer = (databaseUrl: string) =>
  startProcess(startArguments(), {
    DATABASE_URL: databaseUrl,
    DEMO: 'false',
    PORT: '0',
    LOG_LEVEL: 'error',
    // Every simulated Atom says that it comes from an address of its own, as real ones do.
    TRUSTED_PROXIES: '127.0.0.1',
  })

/** What `pnpm start` gives to Node in the end: its options say how much memory the server takes. */
function startArguments(): string[] {
  const { scripts } = manifest.parse(JSON.parse(readSource('package.json').text))
  const [, ...words] = scripts.start.slice(scripts.start.lastIndexOf('node ')).split(' ')
  return words
}

const manifest = z.object({ scripts: z.object({ start: z.string() }) })

export type ServerProcess = Awaited<ReturnType<typeof startProcess>>

/** A server in a process of its own, once it has said at which address it runs. */
export async function startProcess(words: readonly string[], environment: Record<string, string>) {
  const child = endWithUs(
    spawn(process.execPath, words, {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = / runs at (\S+)/.exec(output)?.[1]
      if (found === undefined) return
      resolve(found)
      // Its errors from now on.
      child.stdout.removeAllListeners('data').pipe(process.stdout)
    })
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${output}`)))
  })
  const pid = child.pid ?? 0
  return {
    url,
    memory: () => memoryOf(pid),
    cpuSeconds: () => cpuSecondsOf(pid),
    /** As a machine that loses its power would. */
    kill: () => child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** In megabytes, now and at most so far; nothing where the system does not say. */
async function memoryOf(pid: number) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const megabytes = (field: string) =>
    Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1_024
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}

/** Linux counts in hundredths of a second. */
async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) / 100
}
