import { rolloutFilter, type RolloutFilter } from '@packline/contract/rollout.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { scopeOf } from '../../test/pack-data.ts'
import { createReleaseScene } from '../../test/release-scene.ts'
import { releaseNext } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { lookAtRollout } from './rollout-rows.views.ts'
import { firstAtom, lastAtom, type RolloutMatch } from './rollout-places.views.ts'
import { findRolledOut } from './rollout.views.ts'

const app = await createTestApp()
const scene = await createReleaseScene(app, { type: 'MULTI' })
const releaseId = await releaseNext(scene)
const [accounts, inEach] = [60, 100]

/** Accounts of every kind, and in each of them many that run the release, in every state and in some order. */
await app.db.$transaction(async (tx) => {
  // What the rows refer to is there, and what is kept about them is written here.
  await tx.$executeRawUnsafe(`set local session_replication_role = replica`)
  const account = `'plan-' || lpad(n::text, 3, '0')`
  const id = (kind: number, n: string) =>
    `('${kind}0000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
  const each = `generate_series(0, ${accounts - 1}) n`
  const all = `${each}, lateral (select n * 1000 + k as at, abs(hashtext((n * 1000 + k)::text)) as hash
    from generate_series(1, ${inEach}) k) one`
  const statements = [
    `insert into "Account" (id, name, "primaryAccountId", status)
      select ${account}, 'Planned ' || n, '${scene.accountId}',
        case when n % 6 = 5 then 'suspended' else 'active' end::"AccountStatus" from ${each}`,
    `insert into "Environment" (id, "accountId", name, classification, "atomCount")
      select ${id(1, 'n')}, ${account}, 'Place', 'PRODUCTION', least(n % 12, 1) from ${each}`,
    `insert into "Atom" (id, "accountId", "environmentId", name, "nodeCount")
      select ${id(2, 'n')}, ${account}, ${id(1, 'n')}, 'Atom', least((n + 11) % 12, 1) from ${each} where n % 12 <> 0`,
    `insert into "AtomNode" (id, "atomId", name)
      select ${id(3, 'n')}, ${id(2, 'n')}, 'node' from ${each} where n % 12 > 1`,
    `insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
      select ${id(4, 'at')}, '${scene.pack.id}', 'MULTI', ${account}, 'Installed ' || at, '${releaseId}', now() from ${all}`,
    `insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId",
        "versionNumber", "lastUpdatedAt", "attachedAt", "detachedAt")
      select ${id(5, 'at')}, ${id(4, 'at')}, '${scene.pack.id}', ${account}, ${id(1, 'n')}, '${releaseId}',
        2, now(), now(), case when hash % 20 = 0 then now() end from ${all}`,
    `insert into "ReleaseTarget" ("releaseId", "attachmentId", "accountId", "fromReleaseId", "fromNumber", "toNumber",
        how, "appliedAt")
      select '${releaseId}', ${id(5, 'at')}, ${account}, '${scene.first.id}', 1, 2,
        case when hash % 20 = 1 then 'MANUAL' else 'AUTOMATIC' end::"UpdatedHow", now() from ${all}`,
    `insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", state, "changedAt")
      select ${id(5, 'at')}, ${id(3, 'n')}, '${releaseId}', ${id(2, 'n')}, ${account},
        (case hash % 20 when 0 then 'SUPERSEDED' when 1 then 'FAILED' when 2 then 'DOWNLOADING'
          when 3 then 'WAITING' else 'ACTIVE' end)::"DeliveryState", now() from ${all} where n % 12 > 1`,
  ]
  for (const statement of statements) await tx.$executeRawUnsafe(statement)
})
await app.db.$executeRawUnsafe('vacuum analyze')

type Node = { rows: number; plans: Node[] }
const node: z.ZodType<Node> = z
  .object({
    'Relation Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().default(0),
    'Rows Removed by Index Recheck': z.number().default(0),
    get Plans() {
      return z.array(node).default([])
    },
  })
  .transform((one) => ({
    rows: large.has(one['Relation Name'] ?? '')
      ? (one['Actual Rows'] + one['Rows Removed by Filter'] + one['Rows Removed by Index Recheck']) *
        one['Actual Loops']
      : 0,
    plans: one.Plans,
  }))
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: node })]) })])
const large = new Set(['Installation', 'Attachment', 'ReleaseTarget', 'Delivery'])
const rowsOf = ({ rows, plans }: Node): number => plans.reduce((sum, plan) => sum + rowsOf(plan), rows)

/** How many rows of the large tables are read for a page. */
async function rowsRead(
  filter: RolloutFilter | undefined,
  place: { at: string; isBackwards: boolean },
  match: RolloutMatch,
) {
  const release = await findRolledOut(app.db, scopeOf(scene.accountId), releaseId)
  if (!release) throw new Error('The release is there')
  const from = { accountId: place.at, attachmentId: firstAtom, atomId: lastAtom }
  const slice = { ...release, account: undefined, isBackwards: place.isBackwards, from, atOnce: 200 }
  const look = lookAtRollout(filter, slice, match, 50)
  const rows = await app.deps.systemDb.$transaction(async (tx) => {
    await tx.$executeRaw`set local plan_cache_mode = force_generic_plan`
    return tx.$queryRawUnsafe(`explain (analyze, format json) ${look.text}`, ...look.values)
  })
  return rowsOf(explained.parse(rows)[0]['QUERY PLAN'][0].Plan)
}

const places = [
  { at: 'plan-030', isBackwards: false },
  { at: 'plan-030', isBackwards: true },
]
const some = Array.from({ length: 20 }, (_, n) => `plan-${String(3 * n).padStart(3, '0')}`)
const matches: RolloutMatch[] = [
  { kind: 'any' },
  { kind: 'named', pattern: '%nobody%' },
  { kind: 'among', accountIds: some, environments: [], installations: [] },
]

test.each([undefined, ...rolloutFilter.options])(
  'a page of %s reads what it looks at, and not the whole release',
  async (filter) => {
    for (const match of matches)
      for (const place of places) {
        const rows = await rowsRead(filter, place, match)
        expect(rows, JSON.stringify({ match, place })).toBeLessThan((accounts * inEach) / 2)
      }
  },
)
