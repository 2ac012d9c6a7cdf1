import { randomBytes } from 'node:crypto'
import { connectDatabase } from '@packline/database/client.ts'
import type { InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { buildApp } from '../app.ts'
import { createHeartbeat } from '../platform/heartbeat.ts'
import type { Deps } from '../platform/deps.ts'
import { createSecretBox } from '../platform/secret-box.ts'
import { checkAudited, noteSent, watchWrites } from './audited-writes.ts'
import { createTestDatabase } from './test-database.ts'

/** The real server on a real database of its own. The background job runs when a test calls it, never by itself. */
export async function createTestApp(
  overrides: {
    demo?: boolean
    databaseUrl?: string
    publicUrl?: string
    mail?: Deps['env']['mail']
    platformApiRate?: number
    oidc?: Deps['env']['oidc']
    webhooks?: Deps['env']['webhooks']
  } = {},
) {
  const url = overrides.databaseUrl ?? (await createTestDatabase())
  const deps: Deps = {
    env: {
      isProduction: false,
      port: 0,
      host: '127.0.0.1',
      dataDir: '/nonexistent',
      databaseUrl: url,
      secretsKeys: undefined,
      demo: overrides.demo ?? true,
      demoAtoms: false,
      publicUrl: overrides.publicUrl,
      mail: overrides.mail,
      oidc: overrides.oidc,
      webhooks: overrides.webhooks ?? { allowedNetworks: [], allowsHttp: true },
      trustedProxies: [],
      platformApiRate: overrides.platformApiRate ?? 100_000,
      metrics: undefined,
      logLevel: 'silent',
    },
    databaseUrl: url,
    db: connectDatabase({
      url,
      connections: 10,
      name: 'test',
      statementTimeoutSeconds: 10,
      keepsPlans: true,
    }),
    atomDb: connectDatabase({
      url,
      connections: 5,
      name: 'test atoms',
      statementTimeoutSeconds: 10,
      queueSeconds: 30,
      keepsPlans: true,
    }),
    jobDb: connectDatabase({ url, connections: 2, name: 'test job', statementTimeoutSeconds: 30 }),
    jobHeartbeat: createHeartbeat(),
    secrets: createSecretBox([randomBytes(32)]),
  }
  const app = await buildApp(deps)
  afterAll(async () => {
    await app.close()
    await Promise.all([deps.db, deps.atomDb, deps.jobDb].map((db) => db.$disconnect()))
  })
  watchWrites(app, deps.db)
  return { app, deps, db: deps.db, url }
}

export type TestApp = Awaited<ReturnType<typeof createTestApp>>

type Call = { body?: unknown; headers?: Record<string, string>; query?: Record<string, string> }

/** Calls the console's API as the browser with this cookie would. */
export function callerOf(app: TestApp['app'], cookie?: string) {
  return async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { body, headers, query }: Call = {},
  ) => {
    const request: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: { 'x-packline-request': '1', ...(cookie && { cookie }), ...headers },
      ...(query && { query }),
      ...(body !== undefined && { payload: body as object }),
    }
    noteSent(app, request)
    return checkAudited(app, request, await app.inject(request))
  }
}
