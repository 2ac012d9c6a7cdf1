import { connectDatabase } from '@packline/database/client.ts'
import { buildApp, type RequestWatch } from './app.ts'
import { auditLogJob } from './features/audit-log/audit-log.job.ts'
import { releaseJob } from './features/releases/releases.job.ts'
import { mailJob } from './features/mails/mails.job.ts'
import { noticeJob } from './features/notices/notices.job.ts'
import { sealKeys } from './features/sessions/seal-keys.ts'
import { sealSecrets } from './features/webhooks/seal-secrets.ts'
import { webhookJob } from './features/webhooks/webhooks.job.ts'
import { housekeepingJob } from './housekeeping.job.ts'
import { openDatabase } from './open-database.ts'
import type { Deps } from './platform/deps.ts'
import { readEnv } from './platform/env.ts'
import { createHeartbeat } from './platform/heartbeat.ts'
import { openSecrets } from './platform/secrets-key.ts'
import { welcome } from './welcome.ts'

const configuration = readEnv(process.env)
if (configuration.kind === 'refused') {
  giveUp(
    [
      'Packline cannot start with this configuration:',
      ...configuration.problems.map((text) => `  ${text}`),
    ].join('\n'),
  )
}
const { env } = configuration

const opened = await openSecrets(env)
if (opened.kind === 'refused') giveUp(opened.sentence)

const database = await openDatabase(env)
if (database.kind === 'refused') giveUp(database.sentence)
const { url } = database

// Undone in reverse: requests and the job's current chunk finish first, then connections end, then the embedded server.
const openThings: (() => Promise<unknown>)[] = [database.close]
let isStopping = false
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))

const deps: Deps = {
  env,
  databaseUrl: url,
  db: connectDatabase({
    url,
    connections: 10,
    name: 'api',
    statementTimeoutSeconds: 4,
    queueSeconds: 4,
    keepsPlans: true,
    actsFor: 'whoever-acts',
  }),
  systemDb: connectDatabase({
    url,
    connections: 5,
    name: 'api system',
    statementTimeoutSeconds: 4,
    queueSeconds: 4,
    keepsPlans: true,
    plansOnce: true,
    actsFor: 'system',
  }),
  atomDb: connectDatabase({
    url,
    connections: 5,
    name: 'atoms',
    statementTimeoutSeconds: 5,
    queueSeconds: 30,
    keepsPlans: true,
    actsFor: 'system',
  }),
  jobDb: connectDatabase({
    url,
    connections: 4,
    name: 'job',
    statementTimeoutSeconds: 30,
    actsFor: 'system',
  }),
  jobHeartbeat: createHeartbeat(),
  secrets: opened.secrets,
}
openThings.push(
  () => deps.db.$disconnect(),
  () => deps.systemDb.$disconnect(),
  () => deps.atomDb.$disconnect(),
  () => deps.jobDb.$disconnect(),
)
if (env.demo) {
  // Production never loads the demo.
  const { prepareDemo } = await import('./demo.ts')
  await prepareDemo(deps)
}

const sealed = [await sealSecrets(deps.jobDb, deps.secrets), await sealKeys(deps.jobDb, deps.secrets)]
if (sealed.some(({ kind }) => kind === 'refused')) {
  console.error(
    'The secrets in this database were sealed with another SECRETS_KEY. Set it to the former one, or to a new one with the former one behind it: <new>,<former>.',
  )
  await stop(1)
}

const watches: RequestWatch[] = []
if (env.metrics) {
  const { serveMetrics } = await import('./metrics/serve-metrics.ts')
  const metrics = await serveMetrics(deps, env.metrics).catch((error: unknown) =>
    giveUp(`Packline cannot serve its metrics on port ${env.metrics?.port}: ${reasonOf(error)}`),
  )
  openThings.push(metrics.close)
  watches.push(metrics.watchRequests)
}

if (env.tracesEndpoint !== undefined) {
  const { startTraces } = await import('./traces/start-traces.ts')
  const traces = startTraces()
  openThings.push(traces.close)
  watches.push(traces.watchRequests)
}

const app = await buildApp(deps, watches)
await app.register(releaseJob, { deps, databaseUrl: url })
await app.register(noticeJob, { deps })
await app.register(mailJob, { deps })
await app.register(webhookJob, { deps, databaseUrl: url })
await app.register(housekeepingJob, { deps })
await app.register(auditLogJob, { deps })
openThings.push(() => app.close())
try {
  const address = await app.listen({ port: env.port, host: env.host })
  if (env.demoAtoms) {
    const { startDemoAtoms } = await import('./demo-atoms.ts')
    const atoms = await startDemoAtoms(deps, address, app.log)
    openThings.push(atoms.stop)
  }
  console.log(welcome(env, address))
} catch (error) {
  console.error(`Packline cannot listen on ${env.host}:${env.port}: ${reasonOf(error)}`)
  await stop(1)
}

async function stop(exitCode: number) {
  if (isStopping) return
  isStopping = true
  for (const close of openThings.reverse()) await close()
  process.exit(exitCode)
}

function reasonOf(error: unknown) {
  return error instanceof Error ? error.message : String(error)
}

function giveUp(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
