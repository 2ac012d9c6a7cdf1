import Fastify from 'fastify'
import pg from 'pg'

import type { Statement } from './captured-statements.ts'

/** Fastify and pg and nothing else: answers each route with the rows of its statements, named as pg advises. */
const routes = JSON.parse(process.env['ROUTES'] ?? '{}') as Record<string, Statement[]> // as p7-requests.ts writes it
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10, application_name: 'raw' })
const app = Fastify({ logger: { level: 'error' } })
for (const [path, statements] of Object.entries(routes)) {
  app.get(path, async () => {
    const answer: unknown[] = []
    for (const [index, { text, values }] of statements.entries())
      answer.push((await pool.query({ name: `${path.length} ${index}`, text, values })).rows)
    return answer
  })
}
console.log(`The raw server runs at ${await app.listen({ port: 0 })}`)
