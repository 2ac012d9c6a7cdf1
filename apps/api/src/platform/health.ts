import { isMigrated } from '@packline/database/migrate.ts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Deps } from './deps.ts'
import { zoneDataInUse } from './zone-data.ts'

const names = z.array(z.object({ name: z.string() }))

/** `/healthz`: the process answers. `/readyz`: it can do its work; each check says what is wrong where one is. */
export function healthRoutes(app: FastifyInstance, { systemDb, jobHeartbeat }: Deps) {
  app.get('/healthz', { logLevel: 'warn', schema: { hide: true } }, () => ({ status: 'ok' }))

  app.get('/readyz', { logLevel: 'warn', schema: { hide: true } }, async (_request, reply) => {
    const database = await isMigrated(async (sql) => names.parse(await systemDb.$queryRawUnsafe(sql))).then(
      (migrated) => ({ reachable: true, migrated }),
      () => ({ reachable: false, migrated: false }),
    )
    const job = { alive: jobHeartbeat.isAlive() }
    const ready = database.reachable && database.migrated && job.alive
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not-ready', database, job, zoneDataVersion: zoneDataInUse })
  })
}
