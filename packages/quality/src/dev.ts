import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

import { generateClient } from './check-steps.ts'
import { root } from './repository.ts'
import { pathWithOwnTools } from './run-command.ts'

await generateClient.run()

const servers = [
  start('node', ['--watch', 'apps/api/src/main.ts'], '.'),
  // Serves the web app with hot reload and passes /api on to the server above.
  start('vite', [], 'apps/web'),
]

// Ctrl-C reaches both by themselves; a plain kill, or the end of one of them, is passed on here.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', endAll)
for (const server of servers) server.on('exit', endAll)

function start(command: string, args: string[], folder: string): ChildProcess {
  const env = { ...process.env, PATH: pathWithOwnTools(folder) }
  return spawn(command, args, { cwd: join(root, folder), env, stdio: 'inherit' })
}

function endAll() {
  for (const server of servers) server.kill('SIGTERM')
}
