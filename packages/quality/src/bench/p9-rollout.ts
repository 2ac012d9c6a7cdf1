import { rolloutFilter } from '@packline/contract/rollout.ts'

import { type Bench, figures, percentile, row } from './frame.ts'
import { rolledOutPack } from './rollout-scene.ts'
import { publisher, uuidOf } from './scenes.ts'
import { startServer } from './server-process.ts'
import { signIn } from './sign-in.ts'

/** P9: pages of the rollout of a release that reached a million environments, for every state, wherever in the list. */
export const benchRollout: Bench = async ({ isQuick, server }) => {
  const installations = isQuick ? 50_000 : 1_000_000
  const accounts = installations / 1_000
  await server.makeScene('rollout', rolledOutPack({ accounts, installations }))
  return server.onCopy('rollout', async ({ url, client }) => {
    const cookies = await signIn(client, publisher, 50)
    const packline = await startServer(url)
    const path = `${packline.url}/api/v1/releases/${uuidOf('next', 1)}/rollout`
    let sent = 0
    const ask = async (query: Record<string, string>) => {
      const started = performance.now()
      const headers = { cookie: cookies[(sent += 1) % cookies.length] ?? '' }
      const answer = await fetch(`${path}?${new URLSearchParams(query).toString()}`, { headers })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${JSON.stringify(query)} was answered ${answer.status}: ${text}`)
      return performance.now() - started
    }
    const questions = questionsFor(accounts)
    for (const query of questions.slice(0, 100)) await ask(query)
    const slowest = new Map<string, number>()
    const millis: number[] = []
    for (let round = 0; round < 3; round += 1)
      for (const query of questions) {
        const took = await ask(query)
        millis.push(took)
        const kind = Object.entries(query)
          .map(([name, value]) => (name === 'state' || name === 'search' ? value : name))
          .join(' ')
        slowest.set(kind, Math.max(took, slowest.get(kind) ?? 0))
      }
    await packline.stop()
    for (const [kind, took] of [...slowest].toSorted(([, a], [, b]) => b - a).slice(0, 5))
      console.log(`    slowest: ${took.toFixed(0)} ms for ${kind || 'the first page'}`)
    return [
      row(
        'P9',
        `rollout of ${figures.format(installations)} rows, any state, any page, p99`,
        percentile(millis, 0.99),
        {
          kind: 'at most',
          must: 50,
          aim: 10,
          unit: ' ms',
          digits: 1,
          detail: `p50 ${percentile(millis, 0.5).toFixed(1)} ms, ${millis.length} requests`,
        },
      ),
    ]
  })
}

/** First pages, pages in the middle both ways and last ones of every state; searches, and single accounts. */
function questionsFor(accounts: number): Record<string, string>[] {
  const states = [undefined, ...rolloutFilter.options]
  const nobody = '00000000-0000-4000-8000-000000000000'
  const places = Array.from(
    { length: 10 },
    (_, index) => `managed-${1 + Math.floor((accounts * index) / 10)}.${nobody}.${nobody}`,
  )
  const last = 'zzzz.ffffffff-ffff-ffff-ffff-ffffffffffff.ffffffff-ffff-ffff-ffff-ffffffffffff'
  return states.flatMap((state) => {
    const choice: Record<string, string> = state ? { state } : {}
    return [
      choice,
      { ...choice, before: last },
      ...places.map((after) => ({ ...choice, after })),
      ...places.map((before) => ({ ...choice, before })),
      ...['Customer 7', 'Place 12', 'Atom', 'in', 'ation 777'].map((search) => ({ ...choice, search })),
      { ...choice, account: 'managed-8' },
    ]
  })
}
