import type { AtomStatusCode } from '@packline/contract/atoms.ts'
import {
  environmentView,
  type EnvironmentList,
  type EnvironmentListItem,
  type EnvironmentView,
} from '@packline/contract/environments.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { whyNotClassified } from '@packline/domain/environments/plan-create-environment.ts'
import { whyNotAskToDelete } from '@packline/domain/environments/plan-delete-environment.ts'
import { z } from 'zod'
import type { AccountScope, Actor } from '../../platform/actor.ts'
import { loadKeptEnvironments } from '../../platform/environment-access.ts'
import { loadAtoms, toListItem } from '../../read-models/atom-nodes.ts'
import { listDeploymentsHere } from './deployments-here.views.ts'
import { classificationSentences, environmentRefusal } from './environments.refusals.ts'

const listRow = z.object({
  id: z.uuid(),
  name: z.string(),
  classification: z.enum(['PRODUCTION', 'TEST']),
  attachmentCount: z.number(),
})

type Wanted = { filter?: string | undefined; status?: AtomStatusCode | undefined }

/**
 * The account's environments with their Atoms, by name, and the Atoms that are in none: three statements for any
 * number. An environment is found by its own name, then with all its Atoms, or by that of an Atom, then with those.
 */
export async function listEnvironments(
  db: Database,
  actor: Actor,
  { filter = '', status }: Wanted,
): Promise<EnvironmentList> {
  const [environments, atoms, account] = await Promise.all([
    loadEnvironments(db, actor.accountId),
    loadAtoms(db, actor.accountId),
    db.account.findFirstOrThrow({
      where: { id: actor.accountId },
      select: { environmentSupport: true },
    }),
  ])
  const text = filter.trim().toLowerCase()
  const isFound = (name: string) => name.toLowerCase().includes(text)
  const ofStatus = atoms.filter((atom) => status === undefined || atom.status === status)
  const byEnvironment = Map.groupBy(ofStatus, ({ environmentId }) => environmentId)

  const found = environments.flatMap((environment): EnvironmentListItem[] => {
    const all = byEnvironment.get(environment.id) ?? []
    const shown = isFound(environment.name) ? all : all.filter(({ name }) => isFound(name))
    const isShown = shown.length > 0 || (status === undefined && isFound(environment.name))
    return isShown ? [{ ...environment, atoms: shown.map(toListItem) }] : []
  })
  const unattached = byEnvironment.get(null) ?? []
  const rights = { support: account.environmentSupport, features: actor.features }
  return {
    environments: found,
    unattachedAtoms: unattached.filter(({ name }) => isFound(name)).map(toListItem),
    total: environments.length,
    classifications: (['PRODUCTION', 'TEST'] as const).map((classification) => {
      const reason = whyNotClassified(classification, rights)
      const message = reason && classificationSentences[reason]
      return { classification, isAllowed: reason === null, message }
    }),
  }
}

async function loadEnvironments(db: Database, scope: AccountScope) {
  const rows = await db.$queryRaw`
    select e.id, e.name, e.classification, coalesce(attached.count, 0) as "attachmentCount"
    from "Environment" e
    left join (
      select "environmentId", count(*)::int from "Attachment"
      where "accountId" = ${scope} and "detachedAt" is null
        and "environmentId" in (select id from "Environment" where "accountId" = ${scope})
      group by "environmentId") attached on attached."environmentId" = e.id
    where e."accountId" = ${scope} and e."deletedAt" is null and e."placeOfAtomId" is null
    order by lower(e.name), e.id`
  return z.array(listRow).parse(rows)
}

const {
  atoms: _atoms,
  deployments: _deployments,
  roles: _roles,
  whyClosed: _whyClosed,
  whyNotDeletable: _why,
  ...stored
} = environmentView.shape
const viewRow = z.object({ ...stored, createdAt: z.date().transform((date) => date.toISOString()) })

/** One environment with its Atoms, what is attached and what is deployed; undefined when it is not this account's. */
export async function findEnvironment(
  db: Database | Tx,
  actor: Actor,
  environmentId: string,
): Promise<EnvironmentView | undefined> {
  const scope = actor.accountId
  const rows = await db.$queryRaw`
    select e.id, e.name, e.classification, e."createdAt", e."createdByName",
      coalesce((
        select json_agg(json_build_object('attachmentId', a.id, 'installationId', i.id, 'installationName',
          case i."packType" when 'SINGLE' then k.name else i.name end, 'packName', k.name, 'versionNumber', a."versionNumber")
          order by lower(case i."packType" when 'SINGLE' then k.name else i.name end), a.id)
        from "Attachment" a
        join "Installation" i on i.id = a."installationId"
        join "IntegrationPack" k on k.id = a."packId"
        where a."environmentId" = e.id and a."detachedAt" is null), '[]') as attachments
    from "Environment" e
    where e.id = ${environmentId}::uuid and e."accountId" = ${scope} and e."deletedAt" is null
      and e."placeOfAtomId" is null`
  const [environment] = z.array(viewRow).parse(rows)
  if (!environment) return undefined
  const atoms = await loadAtoms(db, scope, { environmentId })
  const deployments = await listDeploymentsHere(db, environmentId)
  const kept = (await loadKeptEnvironments(db, actor, [environmentId])).get(environmentId)
  const reason = whyNotAskToDelete({ atomCount: atoms.length })
  return {
    ...environment,
    atoms,
    deployments,
    roles: (kept?.roles ?? []).map(({ id, label }) => ({ id, name: label })),
    whyClosed: kept?.whyClosed ?? null,
    whyNotDeletable: reason && environmentRefusal(reason).message,
  }
}
