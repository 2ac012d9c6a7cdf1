import type { PackView } from '@packline/contract/integration-packs.ts'
import type { NoticePage } from '@packline/contract/notices.ts'
import { connectDatabase } from '@packline/database/client.ts'
import { demoPassword, demoPeople } from '@packline/database/demo/demo-people.ts'
import { seedDemo } from '@packline/database/demo/seed-demo.ts'
import { releaseWindow } from '@packline/domain/time/release-window.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { spreadEvents } from '../features/notices/spread-events.ts'
import { releaseDue } from '../features/releases/release-due.ts'
import { businessNow } from '../platform/clock.ts'
import { hashPassword } from '../platform/password-hash.ts'
import { zoneDataInUse } from '../platform/zone-data.ts'
import { setClock } from './clock.ts'
import { demoFaults } from './demo-faults.ts'
import { findViolations } from './invariants.ts'
import { callerOf, createTestApp } from './test-app.ts'
import { createTestDatabase } from './test-database.ts'

const demo = await createTestApp()
const { app, db, deps } = demo
const now = await businessNow(db)
const options = { hashPassword, now, zoneDataVersion: zoneDataInUse }
// Two instances that start at once: one of them seeds.
const seedingBegan = performance.now()
const outcomes = await Promise.all([seedDemo(db, options), seedDemo(deps.jobDb, options)])
const seconds = (performance.now() - seedingBegan) / 1000

async function signIn(email: string) {
  const answer = await callerOf(app)('POST', '/session', { body: { email, password: demoPassword } })
  expect(answer.statusCode, answer.body).toBe(200)
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return callerOf(app, cookie)
}

async function packNamed(name: string): Promise<PackView> {
  const call = await signIn('release.manager@orchard.example')
  const { id } = await db.integrationPack.findFirstOrThrow({ where: { name } })
  const answer = await call('GET', `/integration-packs/${id}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const versionsOf = ({ rows }: PackView) =>
  rows.map(({ componentName, current, pending, latest, isRemoved }) => [
    componentName,
    current?.version ?? '',
    isRemoved ? 'Deleted' : (pending?.version ?? ''),
    latest?.version ?? '',
  ])

const datesAhead = (timeZone: string, days: number) =>
  now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days }).toString()

describe('the demo', () => {
  test('is seeded once, whoever starts, and in a moment', async () => {
    expect(outcomes.toSorted()).toEqual([false, true])
    expect(await seedDemo(db, options)).toBe(false)
    expect(seconds).toBeLessThan(20)
  })

  test('has everybody of the list, who can sign in', async () => {
    for (const { email, accountId, timeZone, roleName } of demoPeople) {
      const session = await (await signIn(email))('GET', '/session')
      expect(session.json()).toMatchObject({
        user: { email, timeZone },
        account: { id: accountId },
        accounts: expect.arrayContaining([
          expect.objectContaining({ id: accountId, roles: expect.arrayContaining([roleName]) }),
        ]),
      })
    }
  })

  test('tells everybody its story under the bell', async () => {
    await spreadEvents(deps, { sendsMail: false })
    const storyOf = async (email: string) => {
      const answer = await (await signIn(email))('GET', '/notices', { query: { limit: '100' } })
      return answer.json<NoticePage>().notices.map(({ facts }) => `${facts.type} ${facts.packName}`)
    }
    const operator = await storyOf('operator@bluebird.example')
    expect(operator).toContain('release.scheduled Order to Cash')
    expect(operator.some((one) => one.startsWith('release.released'))).toBe(true)
    const failures = await db.notice.count({ where: { event: { type: 'delivery.failed' } } })
    expect(failures).toBeGreaterThan(0)
    expect((await storyOf('release.manager@orchard.example')).length).toBeGreaterThan(3)
  })

  test('has components to show: three versions to choose from, contents as uploaded, and what packs refuse', async () => {
    const versions = await db.packagedComponent.groupBy({
      by: ['componentName'],
      where: { componentType: 'process', shareable: true, deletedAt: null },
      _count: true,
    })
    expect(versions.filter(({ _count }) => _count >= 3).length).toBeGreaterThanOrEqual(5)
    expect(await db.packagedComponent.count({ where: { deletedAt: { not: null } } })).toBe(1)

    const call = await signIn('release.manager@orchard.example')
    const one = await db.packagedComponent.findFirstOrThrow({
      where: { componentName: 'Orders to ERP', version: '2.0' },
    })
    const content = await call('GET', `/components/${one.componentId}/revisions/2/content`)
    expect(content.headers['content-type']).toContain('application/xml')
    expect(content.body).toContain('<process xmlns="urn:packline:process" name="Orders to ERP">')
    expect(content.body).toContain('Ship')
  })
})

describe('its packs', () => {
  test('Order to Cash waits for next week', async () => {
    const pack = await packNamed('Order to Cash')
    expect(pack).toMatchObject({
      current: { sequence: 2, status: 'SUCCESS' },
      scheduled: {
        sequence: 3,
        releaseOn: datesAhead('Europe/Berlin', 7),
        timeZone: 'Europe/Berlin',
        scheduledByName: 'Rosa Lindgren',
      },
      installations: 4,
      groups: ['All Accounts'],
    })
    expect(versionsOf(pack)).toEqual([
      ['Invoice sync', '1.1', '2.0', ''],
      ['Order status mail', '1.0', 'Deleted', ''],
      ['Orders API', '1.0', '2.0', ''],
      ['Orders to ERP', '2.0', '3.0', '3.1'],
    ])
  })

  test('Inventory Essentials is in its testing period', async () => {
    const pack = await packNamed('Inventory Essentials')
    expect(pack.scheduled).toMatchObject({
      sequence: 2,
      releaseOn: datesAhead('America/New_York', 3),
      timeZone: 'America/New_York',
      updated: 1,
      total: 5,
    })
    const bluebird = await db.attachment.findMany({
      where: { packId: pack.id, accountId: 'bluebird-4K8M2C' },
      include: { environment: true, installation: true },
      orderBy: { environment: { name: 'asc' } },
    })
    const releaseId = pack.scheduled?.id
    const installation = { deliveredCount: 2, lastDeliveredReleaseId: releaseId }
    expect(bluebird).toMatchObject([
      { environment: { name: 'Production' }, versionNumber: 1, releaseId: pack.current?.id },
      { environment: { name: 'Test' }, versionNumber: 2, releaseId, installation },
    ])
    const where = { attachmentId: { in: bluebird.map(({ id }) => id) } }
    const early = { how: 'MANUAL', fromNumber: 1, toNumber: 2, appliedByName: 'Bina Shrestha' }
    expect(await db.releaseTarget.findMany({ where })).toMatchObject([early])
  })

  test('Partner Onboarding has never been released', async () => {
    const pack = await packNamed('Partner Onboarding')
    expect(pack).toMatchObject({ current: null, scheduled: null, groups: [], readiness: { kind: 'ready' } })
    expect(versionsOf(pack)).toEqual([
      ['EDI acknowledgements', '', '1.0', ''],
      ['Partner registration', '', '1.0', '1.1'],
    ])
  })

  test('Shipment Notices is on its way', async () => {
    const pack = await packNamed('Shipment Notices')
    expect(pack).toMatchObject({
      current: { sequence: 2, timing: 'DATED', updated: 4, total: 4, lateBySeconds: null },
      readiness: { kind: 'nothing-to-release', why: 'all-released' },
      installations: 3,
      accounts: 2,
    })
    const deliveries = await db.delivery.findMany({
      where: { attachment: { packId: pack.id } },
      orderBy: { state: 'asc' },
    })
    expect(deliveries.map(({ state, cause }) => [state, cause !== null])).toEqual([
      ['WAITING', false],
      ['DOWNLOADING', false],
      ['ACTIVE', false],
      ['FAILED', true],
    ])
  })

  test('Returns Handling was rolled back', async () => {
    const pack = await packNamed('Returns Handling')
    expect(pack).toMatchObject({ current: { sequence: 3, isRollback: true }, scheduled: null })
    expect(versionsOf(pack)).toEqual([
      ['Refund posting', '1.0', '', '3.0'],
      ['Return labels', '1.0', 'Deleted', ''],
      ['Returns intake', '1.0', '', '3.0'],
    ])
    const releases = await db.release.findMany({ where: { packId: pack.id }, orderBy: { sequence: 'asc' } })
    expect(releases).toMatchObject([
      { status: 'SUCCESS', isRollback: false },
      { status: 'SUCCESS', isRollback: false },
      { status: 'SUCCESS', isRollback: true, timing: 'IMMEDIATE' },
      { status: 'CANCELLED', cancelledByName: 'Adam Whitfield' },
    ])
    expect(releases[3]?.cancelReason).toMatch(/^Accounting/)
  })

  test('were released in the windows of their dates', async () => {
    const rows = await db.$queryRaw`
      select "releaseOn"::text, "timeZone", "dueAt", "windowEndsAt", "startedAt", "finishedAt" from "Release"
      where timing = 'DATED'`
    const releases = z
      .array(
        z.object({
          releaseOn: z.string(),
          timeZone: z.string(),
          dueAt: z.date(),
          windowEndsAt: z.date(),
          startedAt: z.date().nullable(),
          finishedAt: z.date().nullable(),
        }),
      )
      .parse(rows)
    expect(releases).toHaveLength(6)
    for (const { releaseOn, timeZone, dueAt, windowEndsAt, startedAt, finishedAt } of releases) {
      const { start, end } = releaseWindow(releaseOn, timeZone)
      expect([dueAt.getTime(), windowEndsAt.getTime()]).toEqual([
        start.epochMilliseconds,
        end.epochMilliseconds,
      ])
      if (!startedAt || !finishedAt) continue
      expect(startedAt >= dueAt && finishedAt >= startedAt && finishedAt < windowEndsAt).toBe(true)
    }
  })
})

// The seams of a day and of summer time, seen from Berlin.
const seams = [
  '2026-12-31T23:00:00Z',
  '2027-03-27T23:10:00Z',
  '2027-03-28T22:29:00Z',
  '2027-10-30T22:31:00Z',
  '2028-02-29T11:00:00Z',
]
const seamSettings = { connections: 2, name: 'seam', statementTimeoutSeconds: 10, actsFor: 'system' } as const
const seamDatabases = await Promise.all(
  seams.map(async (at) => ({
    at,
    db: connectDatabase({ url: await createTestDatabase(), ...seamSettings }),
  })),
)
afterAll(() => Promise.all(seamDatabases.map((one) => one.db.$disconnect())))

describe('whenever it is seeded', () => {
  test.each(seamDatabases)('at $at nothing contradicts anything', async ({ at, db: seamDb }) => {
    const seeded = Temporal.Instant.from(at)
    const hashed = () => Promise.resolve('none')
    expect(await seedDemo(seamDb, { ...options, now: seeded, hashPassword: hashed })).toBe(true)
    expect(await demoFaults(seamDb, seeded)).toEqual([])
  })

  test('a contradiction would be found', async () => {
    const [spoilt] = seamDatabases
    await spoilt?.db.attachment.updateMany({
      where: { installation: { name: 'Order to Cash' }, accountId: 'chatham-2P6R8E' },
      data: { versionNumber: 7 },
    })
    const found = spoilt ? await demoFaults(spoilt.db, Temporal.Instant.from(spoilt.at)) : []
    expect(found).toEqual([
      expect.stringMatching(/^an attachment whose number is not its installation’s count: /),
    ])
  })

  test('now nothing contradicts anything, and the background job has nothing to do yet', async () => {
    expect(await demoFaults(db, await businessNow(db))).toEqual([])
    expect(await releaseDue(deps)).toBe(0)
  })

  test('after all dates every attachment runs what is current', async () => {
    await setClock(db, now.add({ hours: 24 * 9 }).toString())
    await releaseDue(deps)
    expect(await db.release.count({ where: { status: { in: ['SCHEDULED', 'IN_PROGRESS', 'ERROR'] } } })).toBe(
      0,
    )
    expect(await demoFaults(db, await businessNow(db))).toEqual([])
    expect(await findViolations(db)).toEqual([])

    expect(versionsOf(await packNamed('Order to Cash'))).toEqual([
      ['Invoice sync', '2.0', '', ''],
      ['Orders API', '2.0', '', ''],
      ['Orders to ERP', '3.0', '', '3.1'],
    ])
    const bluebird = await db.attachment.findMany({
      where: { accountId: 'bluebird-4K8M2C', installation: { name: 'Inventory Essentials' } },
      select: { versionNumber: true, updatedHow: true },
      orderBy: { environment: { name: 'asc' } },
    })
    expect(bluebird).toEqual([
      { versionNumber: 2, updatedHow: 'AUTOMATIC' },
      { versionNumber: 2, updatedHow: 'MANUAL' },
    ])
  })
})
