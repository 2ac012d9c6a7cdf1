import {
  packView,
  type PackRowView,
  type PackView,
  type ReadinessView,
} from '@packline/contract/integration-packs.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { byName } from '@packline/domain/packs/pack-order.ts'
import { packRows } from '@packline/domain/packs/pack-rows.ts'
import { releaseReadiness } from '@packline/domain/releases/release-readiness.ts'
import { z } from 'zod'
import type { AccountScope } from '../platform/actor.ts'
import { accountsOfPack } from './accounts-of-pack.ts'
import { loadPackContents, type LoadedContents, type NamedPackage } from './pack-contents.ts'
import { releaseSummaries } from './release-summary.ts'

const instant = z.date().transform((date) => date.toISOString())
const {
  rows: _rows,
  readiness: _readiness,
  current: _1,
  scheduled: _2,
  inProgress: _3,
  failed: _4,
  ...stored
} = packView.shape
const packRow = z.object({
  ...stored,
  createdAt: instant,
  changedAt: instant,
  currentId: z.uuid().nullable(),
  scheduledId: z.uuid().nullable(),
  inProgressId: z.uuid().nullable(),
  failedId: z.uuid().nullable(),
})

/** The page of one pack; undefined for unknown, foreign and deleted packs. Five statements, whatever the pack holds. */
export async function findPackView(
  db: Database | Tx,
  scope: AccountScope,
  packId: string,
): Promise<PackView | undefined> {
  const pack = await findPack(db, scope, packId)
  if (!pack) return undefined
  const { currentId, scheduledId, inProgressId, failedId, ...facts } = pack
  const contents = await loadPackContents(db, packId)
  const releaseIds = [currentId, scheduledId, inProgressId, failedId].filter((id) => id !== null)
  const summaries = await releaseSummaries(db, { scope, releaseIds })
  const summaryOf = (id: string | null) => (id === null ? null : (summaries.get(id) ?? null))
  return {
    ...facts,
    rows: toRows(contents),
    readiness: toReadiness(contents),
    current: summaryOf(currentId),
    scheduled: summaryOf(scheduledId),
    inProgress: summaryOf(inProgressId),
    failed: summaryOf(failedId),
  }
}

async function findPack(db: Database | Tx, scope: AccountScope, packId: string) {
  const rows = await db.$queryRaw`
    select k.id, k.name, k.type, k.description, k.version, k."createdAt", k."createdByName", k."changedAt",
      k."changedByName", k."currentReleaseId" as "currentId",
      (select id from "Release" r
        where r."packId" = k.id and r.status = 'SCHEDULED' and r.timing = 'DATED') as "scheduledId",
      (select id from "Release" r where r."packId" = k.id and (r.status = 'IN_PROGRESS'
        or (r.status = 'SCHEDULED' and r.timing = 'IMMEDIATE')) limit 1) as "inProgressId",
      (select id from (
        select id, status from "Release" r
        where r."packId" = k.id and r.status not in ('CANCELLED', 'SUPERSEDED')
        order by r.sequence desc limit 1) newest where status = 'ERROR') as "failedId",
      base.*,
      array(select g.name from "AccountGroupPack" s join "AccountGroup" g on g.id = s."groupId"
        where s."packId" = k.id order by lower(g.name), g.id) as groups
    from "IntegrationPack" k
    cross join lateral (
      select coalesce(sum(count), 0)::int as installations, count(*)::int as accounts,
        coalesce(sum(count) filter (where "accountId" not in ${accountsOfPack(packId)}), 0)::int
          as "unsharedInstallations"
      from (
        -- Account by account first: of a pack that may be attached many times one account has very many.
        select i."accountId", count(*) from "Installation" i
        where i."packId" = k.id and i."uninstalledAt" is null
        group by i."accountId") account) base
    where k.id = ${packId}::uuid and k."accountId" = ${scope} and k."deletedAt" is null`
  return z.array(packRow).parse(rows)[0]
}

/** The rows of a pack with their three versions, by name. */
export function toRows(contents: LoadedContents): PackRowView[] {
  const named = new Map(
    [...contents.packages, ...contents.items].map(({ componentId, componentName, componentType }) => [
      componentId,
      { id: componentId, name: componentName, componentType },
    ]),
  )
  return packRows(contents)
    .flatMap((row) => {
      const component = named.get(row.componentId)
      return component ? [{ ...row, ...component }] : []
    })
    .toSorted(byName)
    .map(({ componentId, name, componentType, current, pending, latest }) => ({
      componentId,
      componentName: name,
      componentType,
      current: toRef(current),
      pending: toRef(pending.kind === 'version' ? pending.package : null),
      latest: toRef(latest),
      isRemoved: pending.kind === 'deleted',
    }))
}

const toRef = (one: NamedPackage | null) =>
  one && { packageId: one.id, version: one.version, ordinal: one.ordinal }

function toReadiness(contents: LoadedContents): ReadinessView {
  const readiness = releaseReadiness(contents, contents.isReleasing)
  if (readiness.kind === 'nothing-to-release') return readiness
  const { changes, counts } = readiness.changes
  return { kind: 'ready', changes: changes.length - counts.unchanged }
}
