import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

// Starts Packline as its users do and removes its data when it has stopped.
const dataDir = process.env['DATA_DIR']
if (!dataDir) throw new Error('DATA_DIR must name the folder of this run.')

const server = spawn(process.execPath, [join(import.meta.dirname, '../../apps/api/src/main.ts')], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
// Playwright signals the whole group, so the server stops by itself; this only waits for it.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined)

server.once('exit', (code) => {
  void rm(dataDir, { recursive: true, force: true }).then(() => process.exit(code ?? 1))
})
