import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Two servers a run, each with a database of its own: business time is one clock for a whole server, so the journeys
 * that move it must not run beside those that trust it.
 */
export type ServerName = 'console' | 'clock'

export type TestServer = { name: ServerName; port: number; dataDir: string; url: string }

/**
 * Where a server of this run is. The configuration is read again in every worker, so what the first reading chose goes
 * on in the environment.
 */
export function testServer(name: ServerName, port: () => number): TestServer {
  const slot = `PACKLINE_E2E_${name.toUpperCase()}`
  process.env[`${slot}_PORT`] ??= String(port())
  process.env[`${slot}_DATA`] ??= join(tmpdir(), `packline-e2e-${name}-${randomBytes(4).toString('hex')}`)
  const chosen = Number(process.env[`${slot}_PORT`])
  return {
    name,
    port: chosen,
    dataDir: process.env[`${slot}_DATA`] ?? '',
    url: `http://127.0.0.1:${chosen}`,
  }
}
