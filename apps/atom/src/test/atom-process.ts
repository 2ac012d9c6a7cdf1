import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll } from 'vitest'

const mainFile = join(import.meta.dirname, '../main.ts')
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** The agent as it runs anywhere else: a process of its own. */
export function startAtom(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const output = { text: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  running.add(child)
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return {
    child,
    output,
    exited,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export async function newDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'packline-atom-'))
  afterAll(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Polls until it is so; says what it waited for when it never is. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 15) {
  const deadline = performance.now() + seconds * 1_000
  while (performance.now() < deadline) {
    if (await holds()) return
    await wait(20)
  }
  throw new Error(`It never came to this: ${what}`)
}
