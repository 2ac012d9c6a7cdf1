import { join } from 'node:path'

import { captureStatements, type Statement } from './captured-statements.ts'
import { type Bench, pairs, row } from './frame.ts'
import { requestsPerSecond } from './http-load.ts'
import { idOf, manyPacks, publisher } from './scenes.ts'
import { startProcess, startServer } from './server-process.ts'
import { signIn } from './sign-in.ts'

/** P7 and P8: the list of twenty packs, and one pack, beside a bare server that sends the very same statements. */
export const benchRequests: Bench = async ({ isQuick, server }) => {
  await server.makeScene('twenty_packs', manyPacks({ packs: 20 }))
  return server.onCopy('twenty_packs', async ({ url, client, logFile }) => {
    // Each session may ask 1,200 times a minute.
    const cookies = await signIn(client, publisher, 2_000)
    const { rows } = await client.query<{ id: string }>(`select ${idOf('pack', '1')} as id`)
    const routes = [
      { name: 'P7', what: 'list of 20 integration packs', path: '/integration-packs', must: 40, aim: 70 },
      {
        name: 'P8',
        what: 'integration pack by id',
        path: `/integration-packs/${rows[0]?.id}`,
        must: 40,
        aim: 60,
      },
    ].map((route) => ({ ...route, path: `/api/v1${route.path}` }))

    const packline = await startServer(url)
    const statements: Record<string, Statement[]> = {}
    for (const { path } of routes) {
      const ask = () => fetch(packline.url + path, { headers: { cookie: cookies[0] ?? '' } })
      statements[path] = await captureStatements({ url, client, logFile }, async () => {
        const answer = await ask()
        if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
      })
    }
    const bare = await startProcess([join(import.meta.dirname, 'raw-server.ts')], {
      DATABASE_URL: url,
      ROUTES: JSON.stringify(statements),
    })

    const seconds = isQuick ? 1 : 4
    const result = []
    for (const { name, what, path, must, aim } of routes) {
      const rateOf = (base: string) => requestsPerSecond({ url: base, path, cookies }, seconds)
      const measured = await pairs(3, 'requests/s', {
        raw: () => rateOf(bare.url),
        product: () => rateOf(packline.url),
      })
      const detail = `${measured.spread}, ${measured.product.toFixed(0)} requests/s, ${statements[path]?.length} statements each`
      const limit = { kind: 'at least', must, aim, unit: ' %', digits: 0, detail } as const
      result.push(row(name, `${what} ÷ Fastify and pg with the same statements`, measured.ratio * 100, limit))
    }
    await Promise.all([packline.stop(), bare.stop()])
    return result
  })
}
