import { inspect } from 'node:util'
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
import { createOrderlyEnd, reasonOf } from './orderly-end.ts'
import type { Deps } from './platform/deps.ts'
import { type Env, readEnv } from './platform/env.ts'
import { createHeartbeat } from './platform/heartbeat.ts'
import { refuseWhenOverloaded } from './platform/overload.ts'
import { openSecrets } from './platform/secrets-key.ts'
import { createSignals } from './platform/signals.ts'
import { welcome } from './welcome.ts'

// Closed in reverse: requests and the job's current chunk finish first, then connections end, then the embedded server.
const { signal, closeBefore, stop, giveUp } = createOrderlyEnd((sentence) => console.error(sentence))
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
await start().catch((error: unknown) => giveUp(`Packline cannot start: ${inspect(error)}`))

async function start() {
  const configuration = readEnv(process.env)
  if (configuration.kind === 'refused') {
    return giveUp(
      [
        'Packline cannot start with this configuration:',
        ...configuration.problems.map((text) => `  ${text}`),
      ].join('\n'),
    )
  }
  const { env } = configuration

  const opened = await openSecrets(env)
  if (opened.kind === 'refused') return giveUp(opened.sentence)

  const opening = openDatabase(env, signal)
  // A server elsewhere is not ours to stop: nobody waits for what is waited for there.
  if (env.databaseUrl === undefined) {
    closeBefore(async () => {
      const embedded = await opening
      if (embedded.kind === 'opened') await embedded.close()
    })
  }
  const database = await opening
  if (database.kind === 'refused') return giveUp(database.sentence)
  signal.throwIfAborted()

  const { url } = database
  const deps = connect(env, url, opened.secrets)
  closeBefore(
    () => deps.db.$disconnect(),
    () => deps.systemDb.$disconnect(),
    () => deps.atomDb.$disconnect(),
    () => deps.jobDb.$disconnect(),
    () => deps.signals.close(),
  )
  if (env.demo) {
    // Production never loads the demo.
    const { prepareDemo } = await import('./demo.ts')
    await prepareDemo(deps)
  }

  const sealed = [await sealSecrets(deps.jobDb, deps.secrets), await sealKeys(deps.jobDb, deps.secrets)]
  if (sealed.some(({ kind }) => kind === 'refused')) {
    return giveUp(
      'The secrets in this database were sealed with another SECRETS_KEY. Set it to the former one, or to a new one with the former one behind it: <new>,<former>.',
    )
  }

  const watches: RequestWatch[] = [refuseWhenOverloaded]
  if (env.metrics) {
    const { serveMetrics } = await import('./metrics/serve-metrics.ts')
    const { port } = env.metrics
    const metrics = await serveMetrics(deps, env.metrics).catch((error: unknown) =>
      giveUp(`Packline cannot serve its metrics on port ${port}: ${reasonOf(error)}`),
    )
    closeBefore(metrics.close)
    watches.push(metrics.watchRequests)
  }

  if (env.tracesEndpoint !== undefined) {
    const { startTraces } = await import('./traces/start-traces.ts')
    const traces = startTraces()
    closeBefore(traces.close)
    watches.push(traces.watchRequests)
  }

  const app = await buildApp(deps, watches)
  await app.register(releaseJob, { deps })
  await app.register(noticeJob, { deps })
  await app.register(mailJob, { deps })
  await app.register(webhookJob, { deps })
  await app.register(housekeepingJob, { deps })
  await app.register(auditLogJob, { deps })
  closeBefore(() => app.close())
  signal.throwIfAborted()
  const address = await app
    .listen({ port: env.port, host: env.host })
    .catch((error: unknown) =>
      giveUp(`Packline cannot listen on ${env.host}:${env.port}: ${reasonOf(error)}`),
    )
  if (env.demoAtoms) {
    const { startDemoAtoms } = await import('./demo-atoms.ts')
    const atoms = await startDemoAtoms(deps, address, app.log)
    closeBefore(atoms.stop)
  }
  console.log(welcome(env, address))
}

function connect(env: Env, url: string, secrets: Deps['secrets']): Deps {
  return {
    env,
    databaseUrl: url,
    signals: createSignals(url),
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
      writesSql: true,
      actsFor: 'system',
    }),
    atomDb: connectDatabase({
      url,
      connections: 5,
      name: 'atoms',
      statementTimeoutSeconds: 5,
      queueSeconds: 30,
      keepsPlans: true,
      writesSql: true,
      actsFor: 'system',
    }),
    jobDb: connectDatabase({
      url,
      connections: 4,
      name: 'job',
      statementTimeoutSeconds: 30,
      keepsPlans: 'of-one-row',
      writesSql: true,
      actsFor: 'system',
    }),
    jobHeartbeat: createHeartbeat(),
    secrets,
  }
}
