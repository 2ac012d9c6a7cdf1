import type { GroupPack, ShareablePack, SharedPacks } from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { AvailablePack, InstallationView } from '@packline/contract/installations.ts'
import { describe, expect, test } from 'vitest'
import { createGroupScene, type GroupScene, refusalOf } from '../../test/account-group-scene.ts'
import { createReleaseOf } from '../../test/pack-data.ts'
import { signInAs } from '../../test/people.ts'
import { scheduleRelease } from '../../test/release-scene.ts'
import { releaseNext } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { resumeNextShared } from '../releases/resume-shared.ts'

const app = await createTestApp()
const { db, deps } = app

const packsIn = async ({ admin }: GroupScene, groupId: string) =>
  (await admin.call('GET', `/account-groups/${groupId}/integration-packs`)).json<PageOf<GroupPack>>()
const shareable = async ({ admin }: GroupScene, groupId: string, search = '') =>
  (await admin.call('GET', `/account-groups/${groupId}/shareable-packs`, { query: { search } })).json<
    PageOf<ShareablePack>
  >()
const browsed = async (accountId: string) => {
  const operator = await signInAs(app, { accountId })
  const packs = (await operator.call('GET', '/browse/integration-packs')).json<AvailablePack[]>()
  return packs.map(({ id }) => id)
}
const auditOf = (objectId: string) =>
  db.auditEntry.findMany({
    where: { objectId, action: { startsWith: 'as.accountgroup.resource' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })

describe('sharing', () => {
  test('R-46, R-47 released packs that the group does not have are offered, several shared at once, each once', async () => {
    const scene = await createGroupScene(app)
    const { primaryId, pack, managed } = scene
    const group = await scene.createGroup('Retail', [managed[0]])
    const make = async (name: string) =>
      db.integrationPack.create({ data: { accountId: primaryId, name, type: 'MULTI' } })
    const [released, scheduled, deleted] = [
      await make('Released'),
      await make('Scheduled'),
      await make('Gone'),
    ]
    await createReleaseOf(app, released.id)
    await createReleaseOf(app, scheduled.id, { status: 'SCHEDULED', timing: 'DATED' })
    await createReleaseOf(app, deleted.id)
    await db.integrationPack.update({ where: { id: deleted.id }, data: { deletedAt: new Date() } })

    expect((await shareable(scene, group.id)).rows.map(({ name }) => name)).toEqual([
      'Order to Cash',
      'Released',
    ])
    expect(await shareable(scene, group.id, 'RELE')).toMatchObject({
      total: 1,
      rows: [{ name: 'Released', sequence: 1 }],
    })
    const answer = await scene.share(group.id, pack.id, released.id, pack.id)
    expect(answer.json<SharedPacks>()).toMatchObject({ shared: 2, group: { packCount: 2 } })
    expect((await scene.share(group.id, pack.id)).json<SharedPacks>()).toMatchObject({ shared: 0 })
    expect(await packsIn(scene, group.id)).toMatchObject({
      total: 2,
      rows: [
        {
          name: 'Order to Cash',
          type: 'SINGLE',
          sequence: 1,
          sharedByName: 'Test Person',
          isCatchingUp: false,
        },
        { name: 'Released', installations: 0 },
      ],
    })
    expect((await shareable(scene, group.id)).rows).toEqual([])
    expect(await browsed(managed[0])).toEqual([pack.id, released.id])
    expect(await browsed(managed[1])).toEqual([])
    const log = await auditOf(group.id)
    expect(log.map(({ action }) => action)).toEqual(Array(2).fill('as.accountgroup.resource ADD NONE'))
    expect(log.map(({ after }) => after)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ group: 'Retail', pack: 'Order to Cash' }),
        expect.objectContaining({ packId: released.id }),
      ]),
    )

    expect(await refusalOf(scene.share(group.id, released.id, scheduled.id))).toEqual({
      status: 409,
      code: 'pack-not-released',
      message: 'Scheduled: Only a released integration pack can be shared. Release it first.',
    })
    const foreign = await createGroupScene(app)
    for (const id of [deleted.id, foreign.pack.id]) {
      expect(await refusalOf(scene.share(group.id, id))).toMatchObject({ status: 409, code: 'pack-missing' })
    }
  })

  test('R-48, R-49 once for all later releases, through All Accounts with accounts that come later as well', async () => {
    const scene = await createGroupScene(app)
    await scene.share(scene.all.id, scene.pack.id)
    await releaseNext(scene)
    expect(await browsed(scene.managed[1])).toEqual([scene.pack.id])
    expect((await packsIn(scene, scene.all.id)).rows).toMatchObject([{ sequence: 2 }])
  })

  test('D-4 the job brings what fell behind to the current release; what was never installed asks for nothing', async () => {
    const scene = await createGroupScene(app)
    const { managed, pack } = scene
    const group = await scene.createGroup('Retail', [managed[0]])
    await scene.share(group.id, pack.id)
    expect(await db.sharingCatchUp.count({ where: { packId: pack.id } })).toBe(0)
    const operator = await signInAs(app, { accountId: managed[0] })
    const installed = await operator.call('POST', '/installations', {
      body: { packId: pack.id, environmentIds: [] },
    })
    const { id } = installed.json<InstallationView>()
    const preview = await scene.admin.call('POST', `/account-groups/${group.id}/pack-removals/preview`, {
      body: { packIds: [pack.id] },
    })
    expect(preview.json()).toEqual({
      cutOff: { installations: 1, accounts: 1, packs: 1 },
      kept: { installations: 0, accounts: 0 },
    })
    expect((await scene.unshare(group.id, pack.id)).json()).toMatchObject({ packCount: 0 })
    expect(await browsed(managed[0])).toEqual([])
    const again = await operator.call('GET', `/installations/${id}`)
    expect(again.json<InstallationView>()).toMatchObject({ isShared: false })

    const current = await releaseNext(scene)
    expect(await db.installation.findUniqueOrThrow({ where: { id } })).toMatchObject({ deliveredCount: 1 })
    await scene.share(group.id, pack.id)
    expect((await packsIn(scene, group.id)).rows).toMatchObject([{ isCatchingUp: true }])
    while (await resumeNextShared(deps));
    expect((await packsIn(scene, group.id)).rows).toMatchObject([
      { isCatchingUp: false, installations: 1, accounts: 1 },
    ])
    expect(await db.installation.findUniqueOrThrow({ where: { id } })).toMatchObject({
      deliveredCount: 2,
      lastDeliveredReleaseId: current,
    })
    expect((await auditOf(group.id)).map(({ action }) => action.split(' ')[1])).toEqual([
      'ADD',
      'DELETE',
      'ADD',
    ])
  })

  test('un-sharing what is not in the group: all or nothing', async () => {
    const scene = await createGroupScene(app)
    const group = await scene.createGroup('Retail')
    expect(await refusalOf(scene.unshare(group.id, scene.pack.id))).toMatchObject({
      status: 409,
      code: 'pack-not-in-group',
    })
    expect(await refusalOf(scene.share(group.id))).toMatchObject({ status: 400 })
  })

  test('an account that joins a group catches up with its packs', async () => {
    const scene = await createGroupScene(app)
    const { managed, pack, admin } = scene
    const group = await scene.createGroup('Retail', [managed[0]])
    await scene.share(group.id, pack.id)
    const operator = await signInAs(app, { accountId: managed[0] })
    await operator.call('POST', '/installations', { body: { packId: pack.id, environmentIds: [] } })
    const move = (what: 'accounts' | 'account-removals') =>
      admin.call('POST', `/account-groups/${group.id}/${what}`, { body: { accountIds: [managed[0]] } })
    await move('account-removals')
    await move('accounts')
    // It had missed nothing.
    expect(await db.sharingCatchUp.count({ where: { packId: pack.id } })).toBe(0)
    await move('account-removals')
    const current = await releaseNext(scene)
    await move('accounts')
    while (await resumeNextShared(deps));
    expect(await db.installation.findFirstOrThrow({ where: { accountId: managed[0] } })).toMatchObject({
      deliveredCount: 2,
      lastDeliveredReleaseId: current,
    })
  })

  test('D-6 a pack whose first release is only scheduled is offered once that has gone out', async () => {
    const scene = await createGroupScene(app)
    await db.integrationPack.update({ where: { id: scene.pack.id }, data: { currentReleaseId: null } })
    await db.release.deleteMany({ where: { id: scene.first.id } })
    await scheduleRelease(scene)
    expect((await shareable(scene, scene.all.id)).rows).toEqual([])
    expect(await refusalOf(scene.share(scene.all.id, scene.pack.id))).toMatchObject({
      code: 'pack-not-released',
    })
  })
})
