import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

const atomFile = join(import.meta.dirname, '../../../atom/src/main.ts')

/** The Atom as it runs at a customer's: a process of its own, with a directory of its own. */
export async function startAtomProcess(url: string, token: string, args: readonly string[] = []) {
  const dir = await mkdtemp(join(tmpdir(), 'packline-atom-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const output = { text: '' }

  function start() {
    const child = spawn(
      process.execPath,
      [atomFile, `--url=${url}`, `--token=${token}`, `--dir=${dir}`, ...args],
      {
        env: { PATH: process.env['PATH'] ?? '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
    }
    const exited = once(child, 'exit').then(([code]) => code as number | null)
    const kill = async () => {
      child.kill('SIGKILL')
      await exited
    }
    onTestFinished(kill)
    return { exited, kill }
  }

  return {
    ...start(),
    dir,
    output,
    restart: start,
    /** What runs there: the file the pointer leads to. */
    running: (attachmentId: string, file = 'orders-to-erp.xml') =>
      readFile(join(dir, 'deployments', attachmentId, 'current', file), 'utf8').catch(() => undefined),
  }
}

/** Runs an install command as it was shown, in a shell in a copy of Packline, but for the directory the Atom lives in. */
export async function pasteInstallCommand(command: string) {
  const dir = await mkdtemp(join(tmpdir(), 'packline-atom-'))
  const child = spawn('sh', ['-c', command.replace(/--dir \S+/, `--dir ${dir}`)], {
    cwd: join(import.meta.dirname, '../../../..'),
    stdio: 'ignore',
    // With its children in a group of its own, so that all of them end.
    detached: true,
  })
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    await exited
    await rm(dir, { recursive: true, force: true })
  })
}

/** Polls until it is so; says what it waited for when it never is. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 15) {
  const deadline = performance.now() + seconds * 1_000
  while (performance.now() < deadline) {
    if (await holds()) return
    await wait(25)
  }
  throw new Error(`It never came to this: ${what}`)
}
