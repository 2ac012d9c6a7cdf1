import { rolloutFilter } from '@packline/contract/rollout.ts'
import type pg from 'pg'

import { type Bench, figures, percentile, row } from './frame.ts'
import { idOf, onePackReleased, signIn } from './scenes.ts'
import { startServer } from './server-process.ts'
import { withoutIndexes } from './without-indexes.ts'

/** P9: pages of the rollout of a release that reached a million environments, for every state, wherever in the list. */
export const benchRollout: Bench = async ({ isQuick, server }) => {
  const installations = isQuick ? 50_000 : 1_000_000
  const accounts = installations / 1_000
  await server.makeScene('rollout', async (client) => {
    await fillRollout(client, { accounts, installations })
  })
  return server.onCopy('rollout', async ({ url, client }) => {
    const cookies = await signIn(client, 50)
    const { rows } = await client.query<{ id: string }>(`select ${idOf('next', '1')} as id`)
    const packline = await startServer(url)
    const path = `${packline.url}/api/v1/releases/${rows[0]?.id}/rollout`
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

const large = ['Installation', 'InstallationName', 'Attachment', 'ReleaseTarget', 'Delivery']

const fillRollout = (client: pg.Client, size: { accounts: number; installations: number }) =>
  withoutIndexes(client, large, async () => {
    await onePackReleased(client, size)
    await deliver(client, size.accounts)
  })

/**
 * An Atom for nearly every account, some of them with two nodes and some not heard from, with deliveries in every state;
 * some attachments detached, some accounts suspended.
 */
async function deliver(client: pg.Client, accounts: number) {
  const hasAtom = 'n % 50 <> 0'
  const nodeCount = 'case when n % 50 = 25 then 0 when n % 10 = 3 then 2 else 1 end'
  await client.query(`
    insert into "Atom" (id, "accountId", "environmentId", name, "nodeCount", type)
      select ${idOf('atom', 'n')}, 'managed-' || n, ${idOf('environment', 'n')}, 'Atom ' || n, ${nodeCount},
        case when n % 10 = 3 then 'MOLECULE' else 'ATOM' end::"AtomType"
      from generate_series(1, ${accounts}) n where ${hasAtom};
    insert into "AtomNode" (id, "atomId", name)
      select ${idOf('node', 'n * 10 + node')}, ${idOf('atom', 'n')}, 'node'
      from generate_series(1, ${accounts}) n, generate_series(1, ${nodeCount}) node where ${hasAtom};
    update "Environment" e set "atomCount" = 1 from "Atom" a where a."environmentId" = e.id;
    update "Account" set status = 'suspended' where id like 'managed-%7';
    update "Attachment" set "detachedAt" = '2030-01-17' where hashtext(id::text) % 100 = 0;
    update "ReleaseTarget" set how = 'MANUAL' where hashtext("attachmentId"::text) % 100 = 1;
    insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", state, cause, "totalBytes", "changedAt")
      select a.id, n.id, a."releaseId", n."atomId", a."accountId", state::"DeliveryState",
        case state when 'FAILED' then 'No space left on the disk.' end, 1000, '2030-01-16'
      from "Attachment" a join "Atom" t on t."environmentId" = a."environmentId" join "AtomNode" n on n."atomId" = t.id
      cross join lateral (select (array['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'WAITING',
        'DOWNLOADING', 'FAILED'])[1 + abs(hashtext(a.id::text || n.id)) % 10] as state) s`)
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
