import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

import { root } from './repository.ts'

type Options = {
  /** Folder below the root to run in. */
  folder?: string
  env?: Record<string, string>
  /** After this long the command is ended and has failed: a hanging one must not hide what the others found. */
  minutes?: number
}

/** Runs a command with its output shown and no input; true when it ended well. */
export function runCommand(command: string, args: string[], options: Options = {}): Promise<boolean> {
  const { folder = '.', env = {}, minutes = 10 } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: join(root, folder),
      env: { ...process.env, ...env, PATH: pathWithOwnTools(folder) },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const limit = setTimeout(() => {
      console.error(`${command} ran for ${minutes} minutes and is ended.`)
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
    }, minutes * 60_000)
    const end = (good: boolean) => {
      clearTimeout(limit)
      resolve(good)
    }
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      end(false)
    })
    child.on('exit', (code) => end(code === 0))
  })
}

/** Puts the tools of the folder's package and of the root first, so that Node 26 runs whatever the machine has. */
export function pathWithOwnTools(folder: string): string {
  const tools = (of: string) => join(root, of, 'node_modules/.bin')
  return [tools(folder), tools('.'), process.env['PATH']].join(delimiter)
}
