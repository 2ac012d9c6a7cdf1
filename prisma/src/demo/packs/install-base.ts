import { countAtInstall, countDelivery } from '@packline/domain/releases/delivery-count.ts'
import { releaseReach } from '@packline/domain/updates/release-reach.ts'
import type { DeliveryState } from '../../generated/enums.ts'
import { isSuspended, type ManagedAccountId } from '../demo-accounts.ts'
import type { Author } from '../demo-audit.ts'
import { atomIn, environmentId } from '../demo-environments.ts'
import { demoId } from '../demo-id.ts'
import {
  type HistoryAttachment,
  type HistoryInstallation,
  type HistoryRelease,
  isSharedWith,
  type PackHistory,
  refusedBy,
  type Step,
  tell,
} from './pack-history.ts'

type Installing = Step<Author> & { name?: string; environments: readonly string[] }

/** Installs the pack's current release in an account and attaches it to some of its environments a little later. */
export function installPack(
  history: PackHistory,
  accountId: ManagedAccountId,
  { at, by, environments, name = history.pack.name }: Installing,
) {
  const { currentReleaseId } = history
  if (currentReleaseId === null || !isSharedWith(history, accountId)) {
    throw refusedBy(history.pack.name, `${accountId} does not see it`)
  }
  const installation: HistoryInstallation = {
    ...countAtInstall(currentReleaseId),
    id: demoId('installation', history.pack.name, accountId, name),
    accountId,
    name,
    installedAt: at,
    installedByName: by.name,
  }
  history.installations.push(installation)
  tell(history, {
    at,
    author: by,
    accountId,
    action: 'as.ipack.installation ADD',
    objectType: 'installation',
    objectId: installation.id,
    after: { name, packId: history.pack.id, releaseId: currentReleaseId },
  })
  for (const [index, environment] of environments.entries()) {
    attach(history, installation, environment, { at: at.add({ minutes: 2 + 3 * index }), by })
  }
}

function attach(
  history: PackHistory,
  installation: HistoryInstallation,
  environment: string,
  step: Step<Author>,
) {
  const { accountId, lastDeliveredReleaseId: releaseId, deliveredCount: versionNumber } = installation
  const attachment: HistoryAttachment = {
    id: demoId('attachment', installation.id, environment),
    installationId: installation.id,
    accountId,
    environmentId: environmentId(accountId, environment),
    releaseId,
    versionNumber,
    lastUpdatedAt: step.at,
    updatedHow: 'ATTACHED',
    attachedAt: step.at,
  }
  history.attachments.push(attachment)
  tell(history, {
    at: step.at,
    author: step.by,
    accountId,
    action: 'as.ipack.attachment ADD',
    objectType: 'attachment',
    objectId: attachment.id,
    after: { installationId: installation.id, environmentId: attachment.environmentId, releaseId },
  })
}

/** The attachment of an account's installation, by the installation's and the environment's names. */
export function attachmentOf(
  history: PackHistory,
  accountId: ManagedAccountId,
  environment: string,
  installationName = history.pack.name,
): HistoryAttachment {
  const installation = history.installations.find(
    (one) => one.accountId === accountId && one.name === installationName,
  )
  const attachment = history.attachments.find(
    (one) =>
      one.installationId === installation?.id && one.environmentId === environmentId(accountId, environment),
  )
  if (!attachment) throw refusedBy(history.pack.name, `${installationName} is not attached to ${environment}`)
  return attachment
}

/** Somebody of the account applies the scheduled release in one environment before its date. */
export function applyEarly(
  history: PackHistory,
  attachment: HistoryAttachment,
  { at, by, release }: Step<Author> & { release: HistoryRelease },
) {
  if (release.status !== 'SCHEDULED') throw refusedBy(history.pack.name, 'nothing to apply early')
  if (!atomIn(attachment.environmentId)) throw refusedBy(history.pack.name, 'no Atom to apply it')
  update(history, attachment, { release, at, how: 'MANUAL', author: by })
}

/** A release that goes out reaches every installation it is shared with; installations without attachment count too. */
export function reachInstallBase(history: PackHistory, release: HistoryRelease, at: Temporal.Instant) {
  const how = release.schedule.timing === 'DATED' ? 'AUTOMATIC' : 'IMMEDIATE'
  const author: Author = { id: null, name: 'Release schedule', bySchedule: true }
  for (const attachment of history.attachments) {
    const isShared = isSharedWith(history, attachment.accountId)
    const reach = releaseReach({ ...attachment, isDetached: false, isShared }, release.id)
    if (reach !== 'update') continue
    update(history, attachment, { release, at, how, author })
    release.fanOutCount += 1
  }
  for (const installation of history.installations) {
    if (!isSharedWith(history, installation.accountId)) continue
    Object.assign(installation, countDelivery(installation, release.id))
  }
  release.fanOutCursor =
    history.installations
      .map(({ id }) => id)
      .toSorted()
      .at(-1) ?? null
}

type Update = {
  release: HistoryRelease
  at: Temporal.Instant
  how: 'MANUAL' | 'AUTOMATIC' | 'IMMEDIATE'
  author: Author
}

function update(history: PackHistory, attachment: HistoryAttachment, { release, at, how, author }: Update) {
  const { id, accountId, releaseId: fromReleaseId, versionNumber: fromNumber } = attachment
  const installation = history.installations.find((one) => one.id === attachment.installationId)
  if (!installation) throw new Error(`Attachment ${id} belongs to no installation`)
  Object.assign(installation, countDelivery(installation, release.id))
  const toNumber = installation.deliveredCount
  history.targets.push({
    releaseId: release.id,
    attachmentId: id,
    accountId,
    fromReleaseId,
    fromNumber,
    toNumber,
    how,
    appliedAt: at,
    appliedByName: author.bySchedule ? '' : author.name,
  })
  Object.assign(attachment, {
    releaseId: release.id,
    versionNumber: toNumber,
    lastUpdatedAt: at,
    updatedHow: how,
  })
  tell(history, {
    at,
    author,
    accountId,
    action: `as.ipack UPDATE ${how}`,
    objectType: 'attachment',
    objectId: id,
    before: { releaseId: fromReleaseId, version: fromNumber },
    after: { releaseId: release.id, version: toNumber },
  })
}

/** How far the Atom of an attachment is with what it should run. */
export function deliver(
  history: PackHistory,
  attachment: HistoryAttachment,
  { state, cause, at }: { state: DeliveryState; cause?: string; at: Temporal.Instant },
) {
  const atomId = atomIn(attachment.environmentId)
  if (!atomId) throw refusedBy(history.pack.name, 'no Atom to deliver to')
  const { id: attachmentId, accountId, releaseId } = attachment
  history.deliveries.push({
    attachmentId,
    atomId,
    accountId,
    releaseId,
    state,
    cause: cause ?? null,
    changedAt: at,
  })
}

/** What the story does not tell was delivered soon after it was to run; a suspended account waits for it. */
export function deliverTheRest(history: PackHistory) {
  for (const attachment of history.attachments) {
    const { id, accountId, environmentId: place, releaseId, lastUpdatedAt } = attachment
    const isTold = history.deliveries.some((one) => one.attachmentId === id && one.releaseId === releaseId)
    if (isTold || !atomIn(place)) continue
    const isHeld = isSuspended(accountId)
    deliver(history, attachment, {
      state: isHeld ? 'WAITING' : 'ACTIVE',
      at: isHeld ? lastUpdatedAt : lastUpdatedAt.add({ minutes: 1 }),
    })
  }
}
