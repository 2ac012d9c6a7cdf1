import { randomBytes } from 'node:crypto'
import { connectDatabase } from '@packline/database/client.ts'
import { applicationUrl } from '@packline/database/application-login.ts'
import type { InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { buildApp } from '../app.ts'
import { createHeartbeat } from '../platform/heartbeat.ts'
import type { Deps } from '../platform/deps.ts'
import { createSecretBox } from '../platform/secret-box.ts'
import { createSignals } from '../platform/signals.ts'
import { checkAudited, noteSent, watchWrites } from './audited-writes.ts'
import { createTestDatabase } from './test-database.ts'

/** The real server on a real database of its own. The background job runs when a test calls it, never by itself. */
export async function createTestApp(
  overrides: {
    demo?: boolean
    databaseUrl?: string
    publicUrl?: string
    isProduction?: boolean
    mail?: Deps['env']['mail']
    platformApiRate?: number
    trustedProxies?: string[]
    oidc?: Deps['env']['oidc']
    webhooks?: Deps['env']['webhooks']
    /** Without it, forgotten conditions on the account can be seen to leak. */
    hasSecondWall?: boolean
  } = {},
) {
  const url = overrides.databaseUrl ?? (await createTestDatabase())
  const deps: Deps = {
    env: {
      isProduction: overrides.isProduction ?? false,
      port: 0,
      host: '127.0.0.1',
      dataDir: '/nonexistent',
      databaseUrl: url,
      migrationDatabaseUrl: undefined,
      secretsKeys: undefined,
      demo: overrides.demo ?? true,
      demoAtoms: false,
      publicUrl: overrides.publicUrl,
      mail: overrides.mail,
      oidc: overrides.oidc,
      webhooks: overrides.webhooks ?? { allowedNetworks: [], allowsHttp: true },
      trustedProxies: overrides.trustedProxies ?? [],
      platformApiRate: overrides.platformApiRate ?? 100_000,
      metrics: undefined,
      tracesEndpoint: undefined,
      logLevel: 'silent',
    },
    databaseUrl: url,
    signals: createSignals(applicationUrl(url)),
    db: connectDatabase({
      url: applicationUrl(url),
      connections: 10,
      name: 'test',
      statementTimeoutSeconds: 10,
      keepsPlans: true,
      actsFor: overrides.hasSecondWall === false ? 'system' : 'whoever-acts',
    }),
    systemDb: connectDatabase({
      url: applicationUrl(url),
      connections: 3,
      name: 'test system',
      statementTimeoutSeconds: 10,
      keepsPlans: true,
      writesSql: true,
      actsFor: 'system',
    }),
    atomDb: connectDatabase({
      url: applicationUrl(url),
      connections: 5,
      name: 'test atoms',
      statementTimeoutSeconds: 10,
      queueSeconds: 30,
      keepsPlans: true,
      writesSql: true,
      actsFor: 'system',
    }),
    jobDb: connectDatabase({
      url: applicationUrl(url),
      connections: 2,
      name: 'test job',
      statementTimeoutSeconds: 30,
      keepsPlans: 'of-one-row',
      writesSql: true,
      actsFor: 'system',
    }),
    jobHeartbeat: createHeartbeat(),
    secrets: createSecretBox([randomBytes(32)]),
  }
  // What tests prepare and look at they do as the owner; the server never is.
  const db = connectDatabase({
    url,
    connections: 10,
    name: 'test owner',
    statementTimeoutSeconds: 30,
    actsFor: 'owner',
  })
  const app = await buildApp(deps)
  afterAll(async () => {
    await app.close()
    await deps.signals.close()
    await Promise.all([db, deps.db, deps.systemDb, deps.atomDb, deps.jobDb].map((one) => one.$disconnect()))
  })
  watchWrites(app, db)
  return { app, deps, db, url }
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
