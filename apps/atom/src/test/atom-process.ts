import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

const mainFile = join(import.meta.dirname, '../main.ts')
/** The agent as it runs anywhere else: a process of its own. */
export function startAtom(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const output = { text: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  return { child, output, exited, kill }
}

export async function newDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'packline-atom-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
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
