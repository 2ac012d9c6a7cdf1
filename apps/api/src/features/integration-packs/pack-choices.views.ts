import { componentType } from '@packline/contract/components.ts'
import {
  addableComponent,
  type AddableComponent,
  packType,
  versionChoice,
  type VersionChoice,
} from '@packline/contract/integration-packs.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { packTypeTakes } from '@packline/domain/packs/pack-type.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const instant = z.date().transform((date) => date.toISOString())
const addableRows = z.tuple([z.object({ total: z.number(), rows: z.array(addableComponent) })])

type AddableFilter = { filter?: string | undefined; page: number; pageSize: number }

/**
 * The components that have a package this pack could take, by name, with the version that would be added; undefined
 * when there is no such pack. Two statements.
 */
export async function listAddable(
  db: Database | Tx,
  scope: AccountScope,
  packId: string,
  { filter, page, pageSize }: AddableFilter,
): Promise<PageOf<AddableComponent> | undefined> {
  const type = await findPackType(db, scope, packId)
  if (!type) return undefined
  const fitting = componentType.options.filter(
    (one) => componentTypeTable[one].fitsIntoPacks && packTypeTakes(type, one),
  )
  const [{ total, rows }] = addableRows.parse(
    await db.$queryRaw`
      with addable as (
        select c.id as "componentId", c.name as "componentName", c.type as "componentType", c.folder,
          jsonb_build_object('packageId', newest.id, 'version', newest.version, 'ordinal', newest.ordinal) as newest,
          exists (select from "PackItem" i where i."packId" = ${packId}::uuid and i."componentId" = c.id
            and i."removedAt" is null and i."leavesWithReleaseId" is null) as "isInPack"
        from "Component" c
        cross join lateral (
          select p.id, p.version, p.ordinal from "PackagedComponent" p
          where p."componentId" = c.id and p.shareable and p."deletedAt" is null
          order by p.ordinal desc limit 1) newest
        where c."accountId" = ${scope} and c."deletedAt" is null and c.type::text = any(${fitting}::text[])
          and not (c.type = 'process' and c."containsProcessRoute")
          and strpos(lower(c.name), lower(${filter?.trim() ?? ''})) > 0)
      select (select count(*)::int from addable) as total,
        coalesce((select jsonb_agg(p order by lower(p."componentName"), p."componentId") from (
          select * from addable order by lower("componentName"), "componentId"
          limit ${pageSize} offset ${(page - 1) * pageSize}) p), '[]') as rows`,
  )
  return { rows, total, page, pageSize }
}

async function findPackType(db: Database | Tx, scope: AccountScope, packId: string) {
  const rows = await db.$queryRaw`
    select type from "IntegrationPack"
    where id = ${packId}::uuid and "accountId" = ${scope} and "deletedAt" is null`
  return z.array(z.object({ type: packType })).parse(rows)[0]?.type
}

const choiceRow = versionChoice.extend({ createdAt: instant })

export type VersionChoices =
  | { kind: 'found'; choices: VersionChoice[] }
  | { kind: 'missing'; reason: 'pack-missing' | 'component-not-in-pack' }

/**
 * The versions a release of the pack may take of one component, newest first: active and shareable. The component
 * has a row in the pack or was in one of its releases. Two statements.
 */
export async function listVersionChoices(
  db: Database | Tx,
  scope: AccountScope,
  packId: string,
  componentId: string,
): Promise<VersionChoices> {
  const type = await findPackType(db, scope, packId)
  if (!type) return { kind: 'missing', reason: 'pack-missing' }
  const rows = await db.$queryRaw`
    with earlier as (
      select ri."packageId", ri."componentId", r.id = k."currentReleaseId" as "isCurrent", r.status
      from "IntegrationPack" k
      join "Release" r on r."packId" = k.id
      join "ReleaseItem" ri on ri."releaseId" = r.id and ri."componentId" = ${componentId}::uuid
      where k.id = ${packId}::uuid)
    select p.id as "packageId", p.version, p.ordinal, p.notes, p."createdAt", p."createdByName",
      exists (select from earlier e where e."packageId" = p.id and e."isCurrent") as "isCurrent",
      p.ordinal = max(p.ordinal) over () as "isNewest",
      exists (select from earlier e where e."packageId" = p.id and (e.status = 'SUCCESS' or e."isCurrent"))
        as "wasReleased"
    from "PackagedComponent" p
    where p."accountId" = ${scope} and p."componentId" = ${componentId}::uuid
      and p.shareable and p."deletedAt" is null
      and (exists (select from earlier)
        or exists (select from "PackItem" i
          where i."packId" = ${packId}::uuid and i."componentId" = ${componentId}::uuid))
    order by p.ordinal desc`
  const choices = z.array(choiceRow).parse(rows)
  return choices.length > 0
    ? { kind: 'found', choices }
    : { kind: 'missing', reason: 'component-not-in-pack' }
}
