import { openDatabase } from './open-database.ts'
import { buildApp } from './app.ts'
import { readEnv } from './platform/env.ts'
import { createHeartbeat } from './platform/heartbeat.ts'
import { connectDatabase } from '@packline/database/client.ts'

const outcome = readEnv(process.env)
if (outcome.kind === 'refused') {
  console.error(
    ['Packline cannot start with this configuration:', ...outcome.problems.map((text) => `  ${text}`)].join(
      '\n',
    ),
  )
  process.exit(1)
}
const { env } = outcome

const database = await openDatabase(env)
if (database.kind === 'refused') {
  console.error(database.sentence)
  process.exit(1)
}

const { url, close } = database
const deps = {
  env,
  db: connectDatabase({ url: url, connections: 10, name: 'api', statementTimeoutSeconds: 5 }),
  jobDb: connectDatabase({ url: url, connections: 2, name: 'job', statementTimeoutSeconds: 30 }),
  jobHeartbeat: createHeartbeat(),
}
const app = await buildApp(deps)
await app.listen({ port: env.port, host: env.host })

let isStopping = false
async function stop() {
  if (isStopping) return
  isStopping = true
  await app.close()
  await Promise.all([deps.db.$disconnect(), deps.jobDb.$disconnect()])
  await close()
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
