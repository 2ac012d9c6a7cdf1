import {
  installationListItem,
  type DetachPreview,
  type InstallationListItem,
  type InstallationView,
} from '@packline/contract/installations.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { planDetach } from '@packline/domain/installations/plan-detach.ts'
import { processName } from '@packline/domain/installations/process-name.ts'
import { z } from 'zod'
import type { AccountScope, Actor } from '../../platform/actor.ts'
import { loadKeptEnvironments } from '../../platform/environment-access.ts'
import { type AttachmentRow, loadAttachments } from '../../read-models/attachment-facts.ts'
import { loadConsumerReleases } from '../../read-models/consumer-releases.ts'
import { consumerStateOf } from '../../read-models/consumer-state.ts'
import { listAtomChoices, listEnvironmentChoices } from './browse.views.ts'

const row = installationListItem.extend({
  installedAt: z.date().transform((date) => date.toISOString()),
  publisherName: z.string(),
  description: z.string(),
  lastDeliveredReleaseId: z.uuid(),
  currentReleaseId: z.uuid(),
  scheduledReleaseId: z.uuid().nullable(),
  wrappers: z.record(z.uuid(), z.uuid()),
})
type Row = z.infer<typeof row>

async function loadInstallations(
  db: Database | Tx,
  scope: AccountScope,
  installationId: string | null = null,
): Promise<Row[]> {
  const rows = await db.$queryRaw`
    select i.id, case i."packType" when 'SINGLE' then k.name else i.name end as name, i."packId", k.name as "packName",
      i."packType", i."deliveredCount" as "versionNumber",
      (select count(*)::int from "Attachment" a where a."installationId" = i.id and a."detachedAt" is null)
        as "attachmentCount",
      exists (select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
        where gp."packId" = k.id and ga."accountId" = ${scope}) as "isShared",
      i."installedAt", i."installedByName", publisher.name as "publisherName", k.description, i."lastDeliveredReleaseId",
      k."currentReleaseId",
      (select r.id from "Release" r
        where r."packId" = k.id and r.status = 'SCHEDULED' and r.timing = 'DATED') as "scheduledReleaseId",
      coalesce((select json_object_agg(w."componentId", w."wrapperProcessId") from "InstalledProcess" w
        where w."installationId" = i.id), '{}') as wrappers
    from "Installation" i
    join "IntegrationPack" k on k.id = i."packId"
    join "Account" publisher on publisher.id = k."accountId"
    where i."accountId" = ${scope} and i."uninstalledAt" is null
      and (${installationId}::uuid is null or i.id = ${installationId}::uuid)
    order by lower(case i."packType" when 'SINGLE' then k.name else i.name end), i.id`
  return z.array(row).parse(rows)
}

/** What is installed in the account, by name. */
export async function listInstallations(db: Database, scope: AccountScope): Promise<InstallationListItem[]> {
  return z.array(installationListItem).parse(await loadInstallations(db, scope))
}

/** An installation with where it is attached and where not; undefined when it is not this account's. */
export async function findInstallation(
  db: Database | Tx,
  actor: Actor,
  installationId: string,
): Promise<InstallationView | undefined> {
  const scope = actor.accountId
  const [installation] = await loadInstallations(db, scope, installationId)
  if (!installation) return undefined
  const attachments = await loadAttachments(db, scope, { installationId })
  const { isShared, lastDeliveredReleaseId, scheduledReleaseId, wrappers } = installation
  // What an account that the pack is no longer shared with may know is what it was given (D-4).
  const currentId = isShared ? installation.currentReleaseId : lastDeliveredReleaseId
  const pendingId = isShared ? scheduledReleaseId : null
  const releases = await loadConsumerReleases(db, [currentId, pendingId])
  const kept = await loadKeptEnvironments(db, actor)
  const current = releases.get(currentId)
  const pending = pendingId === null ? null : releases.get(pendingId)
  return {
    ...installationListItem.parse(installation),
    publisherName: installation.publisherName,
    description: installation.description,
    current,
    pending,
    attached: attachments.map((one) => ({
      ...toAttachment(one, pending),
      whyClosed: kept.get(one.environmentId)?.whyClosed ?? null,
    })),
    unattached: await listEnvironmentChoices(db, actor, installationId),
    unattachedAtoms: await listAtomChoices(db, scope, installationId),
    processes: current.components.map(({ componentId, componentName, componentType }) => ({
      componentId,
      name: processName(installation, componentName),
      originalName: componentName,
      componentType,
      wrapperProcessId: wrappers[componentId] ?? null,
    })),
  }
}

function toAttachment(one: AttachmentRow, pending: InstallationView['pending']) {
  const { attachmentId, environmentId, environmentName, classification, atomCount, isAtom, releaseId } = one
  return {
    attachmentId,
    environmentId,
    environmentName,
    classification,
    atomCount,
    isAtom,
    releaseId,
    attachedAt: one.attachedAt,
    lastUpdatedAt: one.lastUpdatedAt,
    ...consumerStateOf(one, pending),
  }
}

type Preview = { kind: 'found'; preview: DetachPreview } | { kind: 'absent' } | { kind: 'not-attached' }

/** What detaching from these environments would undo. */
export async function previewDetach(
  db: Database,
  scope: AccountScope,
  installationId: string,
  environmentIds: readonly string[],
): Promise<Preview> {
  if ((await loadInstallations(db, scope, installationId)).length === 0) return { kind: 'absent' }
  const plan = planDetach(await loadAttachments(db, scope, { installationId }), environmentIds)
  if (plan.kind === 'refused') return { kind: 'not-attached' }
  const environments = plan.steps.map(({ environmentId, environmentName, versionNumber, warning }) => ({
    environmentId,
    environmentName,
    versionNumber,
    warning: warning === null ? null : earlyApplyIsLost(environmentName),
  }))
  return { kind: 'found', preview: { environments } }
}

const earlyApplyIsLost = (environment: string) =>
  `${environment} has applied an update before its release date. Detaching loses it: attached again, ${environment} is back on the current release, cannot apply the update by hand, and gets it on the release date.`
