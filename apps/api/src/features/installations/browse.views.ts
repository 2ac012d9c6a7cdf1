import {
  availablePack,
  environmentChoice,
  type AvailablePack,
  type AvailablePackDetails,
  type EnvironmentChoice,
} from '@packline/contract/installations.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { proposeInstallationName } from '@packline/domain/installations/installation-name.ts'
import { whyNotInstallable } from '@packline/domain/installations/plan-install.ts'
import { z } from 'zod'
import type { AccountScope, Actor } from '../../platform/actor.ts'
import { loadKeptEnvironments } from '../../platform/environment-access.ts'
import { loadConsumerReleases } from '../../read-models/consumer-releases.ts'
import { installRefusal } from './installations.refusals.ts'

const { install: _install, ...stored } = availablePack.shape
const packRow = z.object({
  ...stored,
  currentReleaseId: z.uuid(),
  scheduledReleaseId: z.uuid().nullable(),
})

/** The packs that the account sees: shared with it, released, and of somebody else. One statement. */
async function loadAvailable(
  db: Database,
  scope: AccountScope,
  { filter = '', packId = null }: { filter?: string; packId?: string | null },
) {
  const pattern = `%${filter.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await db.$queryRaw`
    select k.id, k.name, k.type, publisher.name as "publisherName", k.description, k."currentReleaseId",
      (select r.id from "Release" r
        where r."packId" = k.id and r.status = 'SCHEDULED' and r.timing = 'DATED') as "scheduledReleaseId",
      (select count(*)::int from "ReleaseItem" i where i."releaseId" = k."currentReleaseId") as "packageCount",
      coalesce((
        select json_agg(json_build_object('id', i.id, 'name', case i."packType" when 'SINGLE' then k.name else i.name end)
          order by i."installedAt", i.id)
        from "Installation" i
        where i."packId" = k.id and i."accountId" = ${scope} and i."uninstalledAt" is null), '[]') as installations
    from "IntegrationPack" k join "Account" publisher on publisher.id = k."accountId"
    where k.id in (
        select gp."packId" from "AccountGroupAccount" ga join "AccountGroupPack" gp on gp."groupId" = ga."groupId"
        where ga."accountId" = ${scope})
      and k."accountId" <> ${scope} and k."deletedAt" is null and k."currentReleaseId" is not null
      and k.name ilike ${pattern} and (${packId}::uuid is null or k.id = ${packId}::uuid)
    order by lower(k.name), k.id`
  return z.array(packRow).parse(rows)
}

function toView(pack: z.infer<typeof packRow>): AvailablePack {
  const { currentReleaseId, scheduledReleaseId: _scheduled, ...view } = pack
  const installed = pack.installations.length
  const reason = whyNotInstallable({ type: pack.type, currentReleaseId, isShared: true, installed })
  return {
    ...view,
    install:
      reason === null
        ? { kind: 'allowed' }
        : { kind: 'refused', reason, message: installRefusal(reason).message },
  }
}

/** What can be browsed, by name. */
export async function browsePacks(
  db: Database,
  scope: AccountScope,
  filter: string | undefined,
): Promise<AvailablePack[]> {
  return (await loadAvailable(db, scope, { filter: filter ?? '' })).map(toView)
}

/** One of them with what is inside; undefined when the account does not see it. */
export async function browsePack(
  db: Database,
  actor: Actor,
  packId: string,
): Promise<AvailablePackDetails | undefined> {
  const scope = actor.accountId
  const [pack] = await loadAvailable(db, scope, { packId })
  if (!pack) return undefined
  const { currentReleaseId, scheduledReleaseId } = pack
  const releases = await loadConsumerReleases(db, [currentReleaseId, scheduledReleaseId])
  return {
    ...toView(pack),
    current: releases.get(currentReleaseId),
    pending: scheduledReleaseId === null ? null : releases.get(scheduledReleaseId),
    proposedName: proposeInstallationName(pack.name, await listNames(db, scope)),
    environments: await listEnvironmentChoices(db, actor),
  }
}

async function listNames(db: Database, scope: AccountScope): Promise<string[]> {
  const installations = await db.installation.findMany({
    where: { accountId: scope, uninstalledAt: null },
    select: { name: true },
  })
  return installations.map(({ name }) => name)
}

/** The account's environments, without those an installation is attached to. Two statements. */
export async function listEnvironmentChoices(
  db: Database | Tx,
  actor: Actor,
  notOfInstallationId: string | null = null,
): Promise<EnvironmentChoice[]> {
  const scope = actor.accountId
  const rows = await db.$queryRaw`
    select e.id as "environmentId", e.name as "environmentName", e.classification, coalesce(atoms.count, 0) as "atomCount"
    from "Environment" e
    left join (
      select "environmentId", count(*)::int from "EnvironmentAtom" where "accountId" = ${scope}
      group by "environmentId") atoms on atoms."environmentId" = e.id
    where e."accountId" = ${scope} and e."deletedAt" is null and e."placeOfAtomId" is null and not exists (
      select from "Attachment" a where a."installationId" = ${notOfInstallationId}::uuid and a."environmentId" = e.id
        and a."detachedAt" is null)
    order by lower(e.name), e.id`
  const kept = await loadKeptEnvironments(db, actor)
  return z
    .array(environmentChoice.omit({ whyClosed: true }))
    .parse(rows)
    .map((one) => ({ ...one, whyClosed: kept.get(one.environmentId)?.whyClosed ?? null }))
}

const atomChoices = z.tuple([
  z.object({
    isLegacy: z.boolean(),
    atoms: z.array(z.object({ atomId: z.uuid(), atomName: z.string() })),
  }),
])

/** The Atoms an installation could be attached to themselves; null in an account that attaches to environments only. */
export async function listAtomChoices(db: Database | Tx, scope: AccountScope, installationId: string) {
  const [{ isLegacy, atoms }] = atomChoices.parse(
    await db.$queryRaw`
      select o."legacyDeployment" as "isLegacy", coalesce((
        select json_agg(json_build_object('atomId', t.id, 'atomName', t.name) order by lower(t.name), t.id)
        from "Atom" t
        where o."legacyDeployment" and t."accountId" = ${scope} and t."environmentId" is null and not exists (
          select from "Environment" e join "Attachment" a on a."environmentId" = e.id and a."detachedAt" is null
          where e."placeOfAtomId" = t.id and a."installationId" = ${installationId}::uuid)), '[]') as atoms
      from "Account" o where o.id = ${scope}`,
  )
  return isLegacy ? atoms : null
}
