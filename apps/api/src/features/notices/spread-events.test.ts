import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { apply, createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import {
  createReleaseScene,
  releaseBody,
  scheduleRelease,
  type ReleaseScene,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { recordEvent } from '../../platform/events.ts'
import { releaseDue } from '../releases/release-due.ts'
import { remindOfReleases } from '../releases/remind-of-releases.ts'
import { spreadEvents } from './spread-events.ts'

const app = await createTestApp()
const { db, deps } = app

const spread = (sendsMail = false) => spreadEvents(deps, { sendsMail })
/** What somebody was told in an account, oldest first. */
async function toldTo({ userId, accountId }: { userId: string; accountId: string }) {
  const notices = await db.notice.findMany({
    where: { userId, accountId },
    include: { event: true },
    orderBy: [{ at: 'asc' }, { event: { type: 'asc' } }],
  })
  return notices.map(({ event }) => event.type)
}

async function createInstalled(scene: ReleaseScene) {
  const consumer = await createConsumer(app, scene)
  const place = await createPlace(app, consumer.accountId)
  await install(consumer, scene.pack.id, [place.id])
  return { ...consumer, place }
}
const cancel = (scene: ReleaseScene, releaseId: string) =>
  scene.manager.call('POST', `/releases/${releaseId}/cancellation`, { body: { reason: 'Not ready.' } })

test('an event that is left to another instance is told in a later round', async () => {
  const scene = await createReleaseScene(app)
  const colleague = await signInAs(app, { accountId: scene.accountId })
  await scheduleRelease(scene, '2027-03-01')
  expect(await spreadEvents(deps, { sendsMail: false, mayTakePart: async () => false })).toBe(0)
  expect(await toldTo(colleague)).toEqual([])
  await spread()
  expect(await toldTo(colleague)).toEqual(['release.scheduled'])
})

test('a release is told from its scheduling to the day it was applied, on both sides', async () => {
  const scene = await createReleaseScene(app)
  const colleague = await signInAs(app, { accountId: scene.accountId })
  const customer = await createInstalled(scene)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await spread()
  await setClock(db, '2027-02-21T12:00:00Z')
  await scene.manager.call('PATCH', `/releases/${releaseId}`, { body: { releaseOn: '2027-03-02' } })
  await setClock(db, '2027-03-01T12:00:00Z')
  await remindOfReleases(deps)
  await spread()
  await setClock(db, '2027-03-01T23:00:10Z')
  await releaseDue(deps)
  await spread()
  const story = ['release.scheduled', 'release.changed', 'release.reminder', 'release.released']
  expect(await toldTo(customer.operator)).toEqual(story)
  expect(await toldTo(colleague)).toEqual(story)
  // Not of what she did herself.
  expect(await toldTo(scene.manager)).toEqual(['release.reminder', 'release.released'])
})

test('nobody else is told: no privilege, no installation, no longer shared, another publisher', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  const reader = await signInAs(app, {
    accountId: customer.accountId,
    privileges: ['atom-management-read-access'],
  })
  const clerk = await signInAs(app, { accountId: customer.accountId, role: 'support' })
  const supporter = await signInAs(app, { accountId: scene.accountId, role: 'support' })
  const withoutPack = await createConsumer(app, scene)
  const unshared = await createInstalled(scene)
  await db.accountGroup.delete({ where: { id: unshared.group.id } })
  const foreign = await signInAs(app, { accountId: await createAccount(app) })
  await scheduleRelease(scene, '2027-03-01')
  await spread()
  expect(await toldTo(reader)).toEqual(['release.scheduled'])
  for (const person of [clerk, supporter, withoutPack.operator, unshared.operator, foreign]) {
    expect(await toldTo(person)).toEqual([])
  }
  expect(await db.notice.count({ where: { event: { accountId: scene.accountId } } })).toBe(2)
})

test('a role that inherits the privilege counts, and whoever comes through an account group is not told', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  const heir = await signInAs(app, { accountId: customer.accountId, privileges: ['execute'] })
  const parent = await db.role.create({
    data: { accountId: customer.accountId, name: 'Operations', privileges: ['atom-management'] },
  })
  await db.role.updateMany({
    where: { memberships: { some: { userId: heir.userId } } },
    data: { parentRoleId: parent.id },
  })
  const helper = await signInAs(app, { accountId: scene.accountId, role: 'support' })
  await db.accountGroupUser.create({
    data: { groupId: customer.group.id, userId: helper.userId, roleId: parent.id },
  })
  await scheduleRelease(scene, '2027-03-01')
  await spread()
  expect(await toldTo(heir)).toEqual(['release.scheduled'])
  expect(await toldTo({ ...helper, accountId: customer.accountId })).toEqual([])
})

test('a cancelled release is told to whoever knew of it, also when its pack is deleted', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-01')
  await spread()
  await scene.manager.call('DELETE', `/integration-packs/${scene.pack.id}`)
  await spread()
  expect(await toldTo(customer.operator)).toEqual(['release.scheduled', 'release.cancelled'])
})

test('an update applied by hand is told to the others of the account, and not again on its date', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  const colleague = await signInAs(app, { accountId: customer.accountId })
  await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-02-25T12:00:00Z')
  await apply(customer, customer.place.id)
  await setClock(db, '2027-03-01T00:00:00Z')
  await releaseDue(deps)
  await spread()
  expect(await toldTo(colleague)).toEqual(['release.scheduled', 'update.applied'])
  expect(await toldTo(customer.operator)).toEqual(['release.scheduled'])
})

test('the publisher is told once that a release was late, the managed account that it was updated', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-03-01T02:00:00Z')
  await releaseDue(deps)
  await spread()
  expect(await toldTo(scene.manager)).toEqual(['release.late'])
  expect(await toldTo(customer.operator)).toEqual(['release.scheduled', 'release.released'])
})

test('D-26 whoever scheduled it is told how it went without the privilege too, and nothing once out of the account', async () => {
  const toldAfter = async (
    leave: (membership: { userId: string; accountId: string }) => Promise<unknown>,
  ) => {
    const scene = await createReleaseScene(app)
    const { userId, accountId } = scene.manager
    await scheduleRelease(scene, '2027-03-01')
    await spread()
    await leave({ userId, accountId })
    await setClock(db, '2027-03-01T02:00:00Z')
    await releaseDue(deps)
    await spread()
    return toldTo(scene.manager)
  }
  const supporter = defaultRoleTable.support.id
  expect(
    await toldAfter((where) => db.membership.updateMany({ where, data: { roleId: supporter } })),
  ).toEqual(['release.late'])
  expect(await toldAfter((where) => db.membership.deleteMany({ where }))).toEqual([])
})

test('a suspended account finds its notices when it is active again, and gets no mail', async () => {
  const scene = await createReleaseScene(app)
  const [active, suspended] = [await createInstalled(scene), await createInstalled(scene)]
  await db.account.update({ where: { id: suspended.accountId }, data: { status: 'suspended' } })
  await scheduleRelease(scene, '2027-03-01')
  await spread(true)
  expect(await toldTo(suspended.operator)).toEqual(['release.scheduled'])
  const mails = await db.mail.findMany({ where: { notice: { event: { accountId: scene.accountId } } } })
  expect(mails.map(({ toAddress }) => toAddress)).toEqual([active.operator.email])
})

test('mail goes to whoever wants that kind, once for each notice, and to nobody without a mail server', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  const quiet = await signInAs(app, { accountId: customer.accountId })
  await db.noticeMailOff.create({ data: { userId: quiet.userId, kind: 'release.scheduled' } })
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await spread(true)
  await cancel(scene, releaseId)
  await spread(true)
  const recipients = async () =>
    (await db.mail.findMany({ where: { notice: { accountId: customer.accountId } } })).map(
      ({ toAddress }) => toAddress,
    )
  expect((await recipients()).toSorted()).toEqual(
    [customer.operator.email, customer.operator.email, quiet.email].toSorted(),
  )
  await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [1, 1]),
  })
  await spread(false)
  expect(await recipients()).toHaveLength(3)
})

test('three instances at once tell everybody once', async () => {
  const scenes = []
  for (let number = 0; number < 5; number += 1) {
    const scene = await createReleaseScene(app)
    scenes.push({ scene, customer: await createInstalled(scene) })
  }
  for (const { scene } of scenes) await scheduleRelease(scene, '2027-03-01')
  await Promise.all([spread(true), spread(true), spread(true)])
  for (const { customer } of scenes) {
    expect(await toldTo(customer.operator)).toEqual(['release.scheduled'])
    expect(await db.mail.count({ where: { toAddress: customer.operator.email } })).toBe(1)
  }
})

test('an instance that dies after the notices and before the mark leaves no trace, and the next one tells', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-01')
  await db.$executeRawUnsafe(`alter table "Event" add constraint stop check ("spreadAt" is null) not valid`)
  const faults: string[] = []
  await spreadEvents(deps, { sendsMail: true, onFault: (id) => void faults.push(id) })
  expect(faults).toHaveLength(1)
  expect(await toldTo(customer.operator)).toEqual([])
  await db.$executeRawUnsafe(`alter table "Event" drop constraint stop`)
  await spread(true)
  expect(await toldTo(customer.operator)).toEqual(['release.scheduled'])
  expect(await db.mail.count({ where: { toAddress: customer.operator.email } })).toBe(1)
})

test('an event that cannot be spread does not hold up the others', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  const at = Temporal.Instant.from('2027-02-20T12:00:00Z')
  await db.$transaction((tx) =>
    recordEvent(tx, {
      key: 'broken',
      type: 'update.failed',
      at,
      accountId: customer.accountId,
      objectId: 'broken',
    }),
  )
  await db.$executeRawUnsafe(
    `alter table "Event" add constraint stop check (key <> 'broken' or "spreadAt" is null) not valid`,
  )
  await scheduleRelease(scene, '2027-03-01')
  const faults: string[] = []
  await spreadEvents(deps, { sendsMail: false, onFault: (id) => void faults.push(id) })
  expect(await toldTo(customer.operator)).toEqual(['release.scheduled'])
  expect(faults.length).toBeGreaterThan(0)
  await db.$executeRawUnsafe(`alter table "Event" drop constraint stop`)
})

test('a large install base is told step by step, and a crash between two of them loses and repeats nobody', async () => {
  const scene = await createReleaseScene(app)
  const customers = []
  for (let number = 0; number < 7; number += 1) customers.push(await createInstalled(scene))
  await scheduleRelease(scene, '2027-03-01')
  const steps = (mayGoOn = () => true) =>
    spreadEvents(deps, { sendsMail: true, size: { events: 10, installations: 2 }, mayGoOn })
  let left = 2
  await steps(() => left-- > 0)
  const event = await db.event.findFirstOrThrow({
    where: { accountId: scene.accountId, type: 'release.scheduled' },
  })
  expect(event.spreadAt).toBeNull()
  expect(await db.notice.count({ where: { eventId: event.id } })).toBe(4)
  await Promise.all([steps(), steps()])
  expect((await db.event.findUniqueOrThrow({ where: { id: event.id } })).spreadAt).not.toBeNull()
  for (const { operator } of customers) {
    expect(await toldTo(operator)).toEqual(['release.scheduled'])
    expect(await db.mail.count({ where: { toAddress: operator.email } })).toBe(1)
  }
})
