import { type Bench, fact, percentile, row } from './frame.ts'
import { setClockBeforeMidnight } from './midnight.ts'
import { idOf, manyPacks, publisher } from './scenes.ts'
import { startServer } from './server-process.ts'
import { signIn } from './sign-in.ts'

/** The first requests of a process pay for its warming up. */
const warmUps = 20

/** P10: a thousand people confirm the release of a thousand packs at the same moment. */
export const benchWizards: Bench = async ({ server }) => {
  const wizards = 1_000
  const packs = warmUps + wizards
  await server.makeScene('packs_of_wizards', manyPacks({ packs }))
  return server.onCopy('packs_of_wizards', async ({ url, client }) => {
    await setClockBeforeMidnight(client, 30 * 24 * 3_600)
    await client.query(`delete from "Release" where status = 'SCHEDULED'`)
    const cookies = await signIn(client, publisher, packs)
    const { rows } = await client.query<{ pack: string; component: string; package: string }>(`
      select ${idOf('pack', 'n')} as pack, i."componentId" as component, p.id as package
      from generate_series(1, ${packs}) n join "PackItem" i on i."packId" = ${idOf('pack', 'n')}
      join "PackagedComponent" p on p."componentId" = i."componentId" and p.ordinal = 3`)
    const packline = await startServer(url)

    const release = async (index: number) => {
      const { pack, component, package: packageId } = rows[index] ?? { pack: '', component: '', package: '' }
      const started = performance.now()
      const answer = await fetch(`${packline.url}/api/v1/integration-packs/${pack}/releases`, {
        method: 'POST',
        headers: {
          cookie: cookies[index] ?? '',
          'content-type': 'application/json',
          'x-packline-request': '1',
          'idempotency-key': `wizard-${index}`,
        },
        body: JSON.stringify({
          versions: [{ componentId: component, packageId }],
          timing: { kind: 'immediately' },
        }),
      })
      await answer.text()
      return { status: answer.status, millis: performance.now() - started }
    }
    for (let index = 0; index < warmUps; index += 1) await release(index)
    const answers = await Promise.all(Array.from({ length: wizards }, (_, index) => release(warmUps + index)))
    await packline.stop()

    const failed = answers.filter(({ status }) => status !== 201)
    const millis = answers.map((answer) => answer.millis)
    const limit = { kind: 'at most', must: 2_000, aim: 1_000, unit: ' ms', digits: 0 } as const
    return [
      fact(
        'P10',
        'a thousand wizards at once: all succeed',
        failed.length === 0,
        `${failed.length} of ${answers.length} failed${failed[0] ? `, with ${failed[0].status}` : ''}`,
      ),
      row('P10', 'and are answered, p99', percentile(millis, 0.99), {
        ...limit,
        detail: `p50 ${percentile(millis, 0.5).toFixed(0)} ms`,
      }),
    ]
  })
}
