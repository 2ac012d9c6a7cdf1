import { randomUUID } from 'node:crypto'
import type { PackDeletionPreview } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, expect, test } from 'vitest'
import { businessNow } from '../../platform/clock.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createPackaged, createReleaseOf, installIn } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

/** A released pack with a scheduled release, installed in two managed accounts with three attachments. */
async function installedPack() {
  const pack = await app.db.integrationPack.create({
    data: { accountId, name: `Pack ${randomUUID()}`, type: 'SINGLE' },
  })
  const { packages } = await createPackaged(app, accountId)
  const current = await createReleaseOf(app, pack.id, { content: packages })
  const scheduled = await createReleaseOf(app, pack.id, {
    status: 'SCHEDULED',
    timing: 'DATED',
    content: packages,
  })
  const managed = [
    await createAccount(app, { primaryAccountId: accountId }),
    await createAccount(app, { primaryAccountId: accountId }),
  ]
  const [one = '', other = ''] = managed
  await installIn(app, one, { packId: pack.id, releaseId: current.id, environments: 2 })
  await installIn(app, other, { packId: pack.id, releaseId: current.id })
  return { pack, current, scheduled, managed }
}

test('the preview says in numbers what deleting undoes', async () => {
  const { pack } = await installedPack()
  const response = await person.call('GET', `/integration-packs/${pack.id}/deletion-preview`)
  expect(response.statusCode).toBe(200)
  expect(response.json<PackDeletionPreview>()).toEqual({
    installations: 2,
    accounts: 2,
    attachments: 3,
    groups: 2,
    hasScheduledRelease: true,
  })
})

test('deleting ends releases, uninstalls and detaches everywhere, takes it out of all groups and logs it in every account (R-17, D-22)', async () => {
  const { pack, current, scheduled, managed } = await installedPack()
  const inProgress = await createReleaseOf(app, pack.id, { status: 'IN_PROGRESS' })
  const untouched = await installedPack()

  const response = await person.call('DELETE', `/integration-packs/${pack.id}`)
  expect(response.statusCode).toBe(204)
  expect(response.body).toBe('')

  const { db } = app
  const releases = await db.release.findMany({ where: { packId: pack.id }, orderBy: { sequence: 'asc' } })
  expect(releases.map(({ id, status }) => [id, status])).toEqual([
    [current.id, 'SUCCESS'],
    [scheduled.id, 'CANCELLED'],
    [inProgress.id, 'CANCELLED'],
  ])
  expect(releases[1]).toMatchObject({
    cancelReason: 'The integration pack was deleted.',
    cancelledByName: 'Test Person',
  })
  expect(await db.installation.count({ where: { packId: pack.id, uninstalledAt: null } })).toBe(0)
  expect(await db.attachment.count({ where: { packId: pack.id, detachedAt: null } })).toBe(0)
  expect(await db.accountGroupPack.count({ where: { packId: pack.id } })).toBe(0)
  const own = await db.auditEntry.findMany({ where: { objectId: pack.id } })
  expect(own).toMatchObject([
    {
      accountId,
      action: 'as.ipack DELETE',
      before: { name: pack.name },
      after: { installations: 2, accounts: 2, attachments: 3, groups: 2, endedReleases: [2, 3] },
    },
  ])
  for (const consumer of managed) {
    const ended = await db.attachment.findMany({ where: { accountId: consumer }, orderBy: { id: 'asc' } })
    const entries = await db.auditEntry.findMany({
      where: { accountId: consumer },
      orderBy: [{ action: 'asc' }, { objectId: 'asc' }],
    })
    expect(entries).toMatchObject([
      ...ended.map(({ id, installationId, environmentId }) => ({
        action: 'as.ipack.attachment DELETE',
        objectType: 'attachment',
        objectId: id,
        actorName: 'Test Person',
        before: { installationId, environmentId, releaseId: current.id, version: 1 },
      })),
      {
        action: 'as.ipack.installation DELETE',
        objectType: 'installation',
        objectId: ended[0]?.installationId,
        before: { packId: pack.id, name: pack.name, version: 1 },
      },
    ])
  }
  expect(await db.installation.count({ where: { packId: untouched.pack.id, uninstalledAt: null } })).toBe(2)
  expect(await db.attachment.count({ where: { packId: untouched.pack.id, detachedAt: null } })).toBe(3)

  const afterwards = await person.call('DELETE', `/integration-packs/${pack.id}`)
  expect(afterwards.statusCode).toBe(410)
  expect(afterwards.json<Problem>().code).toBe('integration-pack-deleted')
  const list = await person.call('GET', '/integration-packs')
  expect(list.json<{ id: string }[]>().map(({ id }) => id)).not.toContain(pack.id)
})

test('the name of a deleted pack is free again', async () => {
  const body = { name: 'Reused', type: 'SINGLE' }
  const first = await person.call('POST', '/integration-packs', { body })
  await person.call('DELETE', `/integration-packs/${first.json<{ id: string }>().id}`)
  expect((await person.call('POST', '/integration-packs', { body })).statusCode).toBe(201)
})

test('is refused when the pack has changed since it was seen', async () => {
  const { pack } = await installedPack()
  const response = await person.call('DELETE', `/integration-packs/${pack.id}`, {
    headers: { 'if-match': '"9"' },
  })
  expect(response.statusCode).toBe(412)
  expect(response.json<Problem>()).toMatchObject({
    code: 'pack-changed',
    details: { current: { id: pack.id, installations: 2 } },
  })
  expect(await app.db.installation.count({ where: { packId: pack.id, uninstalledAt: null } })).toBe(2)
})

test('the same request again gets the same answer', async () => {
  const { pack } = await installedPack()
  const headers = { 'idempotency-key': randomUUID() }
  for (const _time of ['first', 'again']) {
    const response = await person.call('DELETE', `/integration-packs/${pack.id}`, { headers })
    expect(response.statusCode).toBe(204)
  }
})

test('waits for the chunk of a release that is going out, then stops it', async () => {
  const { pack } = await installedPack()
  const going = await createReleaseOf(app, pack.id, { status: 'IN_PROGRESS' })
  const { waiting } = await app.db.$transaction(async (tx) => {
    await tx.$queryRaw`select from "Release" where id = ${going.id}::uuid for update`
    const deletion = person.call('DELETE', `/integration-packs/${pack.id}`)
    await untilSomeoneWaitsForALock(app.db)
    await tx.release.update({ where: { id: going.id }, data: { status: 'SUCCESS' } })
    return { waiting: deletion }
  })
  expect((await waiting).statusCode).toBe(204)
  expect(await app.db.release.findUniqueOrThrow({ where: { id: going.id } })).toMatchObject({
    status: 'SUCCESS',
    cancelReason: null,
  })
})

test('who waited for a release has deleted the pack after it, also by the clock', async () => {
  const { pack } = await installedPack()
  const { waiting, released } = await app.db.$transaction(async (tx) => {
    // As the release job does while it updates installations.
    await tx.$queryRaw`select from "IntegrationPack" where id = ${pack.id}::uuid for update`
    const deletion = person.call('DELETE', `/integration-packs/${pack.id}`)
    await untilSomeoneWaitsForALock(app.db)
    return { waiting: deletion, released: await businessNow(tx) }
  })
  expect((await waiting).statusCode).toBe(204)
  const attachments = await app.db.attachment.findMany({ where: { packId: pack.id } })
  expect(attachments).toHaveLength(3)
  for (const { detachedAt } of attachments) {
    expect(detachedAt?.getTime()).toBeGreaterThanOrEqual(released.epochMilliseconds)
  }
})

test('ends the deliveries of every attachment, also one that an Atom reports at the same moment', async () => {
  const { pack, current, managed } = await installedPack()
  const { db } = app
  const attachments = await db.attachment.findMany({ where: { packId: pack.id } })
  const reporting = attachments.find(({ accountId: of }) => of === managed[0])
  if (!reporting) throw new Error('The pack is attached nowhere.')
  const delivery = async (
    tx: Pick<typeof db, 'atom' | 'delivery'>,
    { id, environmentId, ...one }: typeof reporting,
  ) => {
    const { nodes, ...atom } = await tx.atom.create({
      data: { accountId: one.accountId, environmentId, name: id, nodes: { create: { name: 'node' } } },
      include: { nodes: true },
    })
    await tx.delivery.create({
      data: {
        attachmentId: id,
        nodeId: nodes[0]?.id ?? '',
        releaseId: current.id,
        atomId: atom.id,
        accountId: one.accountId,
        state: 'DOWNLOADING',
        changedAt: new Date(),
      },
    })
  }
  for (const one of attachments) if (one !== reporting) await delivery(db, one)
  const { deletion } = await db.$transaction(async (tx) => {
    // As a report does: it holds the attachment and writes the node's first word about it.
    await tx.$queryRaw`select from "Attachment" where id = ${reporting.id}::uuid for share`
    const answer = person.call('DELETE', `/integration-packs/${pack.id}`)
    await untilSomeoneWaitsForALock(db)
    await delivery(tx, reporting)
    return { deletion: answer }
  })
  expect((await deletion).statusCode).toBe(204)
  const left = await db.delivery.findMany({ where: { releaseId: current.id } })
  expect(left.map(({ state }) => state)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'SUPERSEDED'])
})

test('of two deletions at once, one is told that the pack is gone', async () => {
  const { pack } = await installedPack()
  const { both } = await app.db.$transaction(async (tx) => {
    await tx.$queryRaw`select from "IntegrationPack" where id = ${pack.id}::uuid for update`
    const deletions = Promise.all([
      person.call('DELETE', `/integration-packs/${pack.id}`),
      person.call('DELETE', `/integration-packs/${pack.id}`),
    ])
    await untilSomeoneWaitsForALock(app.db, 2)
    return { both: deletions }
  })
  const statuses = (await both).map(({ statusCode }) => statusCode)
  expect(statuses.toSorted()).toEqual([204, 410])
  expect(await app.db.auditEntry.count({ where: { objectId: pack.id } })).toBe(1)
})

test('deletes a pack with 20,000 installations before the statement timeout', async () => {
  const { pack, current } = await installedPack()
  await app.db.$executeRaw`
    with consumers as (
      insert into "Account" (id, name, features, "primaryAccountId")
      select 'bulk-' || n, 'Bulk ' || n, '{}', ${accountId} from generate_series(1, 20000) n returning id),
    environments as (
      insert into "Environment" (id, "accountId", name, classification)
      select gen_random_uuid(), id, 'Production', 'PRODUCTION' from consumers returning id, "accountId"),
    installations as (
      insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
      select gen_random_uuid(), ${pack.id}::uuid, 'SINGLE', id, 'Bulk', ${current.id}::uuid, now() from consumers
      returning id, "accountId")
    insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
      "lastUpdatedAt", "attachedAt")
    select gen_random_uuid(), i.id, ${pack.id}::uuid, i."accountId", e.id, ${current.id}::uuid, 1, now(), now()
    from installations i join environments e on e."accountId" = i."accountId"`
  const response = await person.call('DELETE', `/integration-packs/${pack.id}`)
  expect(response.statusCode).toBe(204)
  expect(await app.db.attachment.count({ where: { packId: pack.id, detachedAt: null } })).toBe(0)
})
