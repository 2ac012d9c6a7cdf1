import { spawn } from 'node:child_process'
import type { DeploymentView } from '@packline/contract/atom-protocol.ts'

/** The command that runs after an activation ended badly. */
export class CommandFailed extends Error {}

const outputKept = 300
const graceMillis = 2_000

export type Command = { command: string; timeLimitMillis: number }

/**
 * Runs the command in the release's directory. It may take its time limit and no longer: then it and everything it
 * started are ended, first kindly.
 */
export async function runOnActivate(
  { command, timeLimitMillis }: Command,
  deployment: DeploymentView,
  { directory, signal }: { directory: string; signal: AbortSignal },
) {
  const { PACKLINE_ATOM_TOKEN: _secret, ...environment } = process.env
  const child = spawn(command, {
    shell: true,
    cwd: directory,
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      PACKLINE_DIRECTORY: directory,
      PACKLINE_PACK: deployment.packName,
      PACKLINE_INSTALLATION: deployment.installationName,
      PACKLINE_ACCOUNT: deployment.accountId,
      PACKLINE_RELEASE: deployment.releaseId,
    },
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-outputKept)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)

  let why: 'too-slow' | 'stopped' | undefined
  let killing: NodeJS.Timeout | undefined
  const end = (reason: 'too-slow' | 'stopped') => {
    why ??= reason
    killGroup(child.pid, 'SIGTERM')
    killing ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), graceMillis)
  }
  const onStop = () => end('stopped')
  signal.addEventListener('abort', onStop, { once: true })
  if (signal.aborted) onStop()
  const limit = setTimeout(() => end('too-slow'), timeLimitMillis)
  try {
    const { code, killedBy } = await exitOf(child)
    if (why === 'too-slow') {
      throw new CommandFailed(
        `The on-activate command took longer than ${timeLimitMillis / 1_000} s and was ended.`,
      )
    }
    signal.throwIfAborted()
    if (code === 0) return
    const said = output.trim() ? ` It said: ${output.trim()}` : ''
    throw new CommandFailed(
      `The on-activate command ended with ${killedBy ?? `exit code ${String(code)}`}.${said}`,
    )
  } finally {
    clearTimeout(limit)
    clearTimeout(killing)
    if (why !== undefined) killGroup(child.pid, 'SIGKILL')
    signal.removeEventListener('abort', onStop)
  }
}

async function exitOf(child: ReturnType<typeof spawn>) {
  return new Promise<{ code: number | null; killedBy: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', (error) =>
      reject(new CommandFailed(`The on-activate command cannot be run: ${error.message}`)),
    )
    // Not "close": something it left running in the background may keep its output open.
    child.once('exit', (code, killedBy) => resolve({ code, killedBy }))
  })
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals) {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Already gone.
  }
}
