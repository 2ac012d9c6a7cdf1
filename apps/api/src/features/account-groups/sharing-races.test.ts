import { expect, test } from 'vitest'
import { createGroupScene, type GroupScene } from '../../test/account-group-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { signInAs } from '../../test/people.ts'
import { releaseBody } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { resumeNextShared } from '../releases/resume-shared.ts'

const app = await createTestApp()
const { db, deps } = app

/** The first of these comes to wait for the pack, then the other; whoever holds it lets them go in that order. */
async function inOrder<One, Two>(
  { pack }: GroupScene,
  one: () => Promise<One>,
  two: () => Promise<Two>,
): Promise<[One, Two]> {
  const { both } = await db.$transaction(
    async (tx) => {
      await tx.$queryRaw`select from "IntegrationPack" where id = ${pack.id}::uuid for update`
      const first = one()
      await untilSomeoneWaitsForALock(db, 1)
      const second = two()
      await untilSomeoneWaitsForALock(db, 2)
      return { both: Promise.all([first, second]) }
    },
    { timeout: 10_000 },
  )
  return both
}

/** A group with one account that has the pack installed. */
async function installedScene() {
  const scene = await createGroupScene(app)
  const group = await scene.createGroup('Retail', [scene.managed[0]])
  await scene.share(group.id, scene.pack.id)
  const operator = await signInAs(app, { accountId: scene.managed[0] })
  const install = () =>
    operator.call('POST', '/installations', { body: { packId: scene.pack.id, environmentIds: [] } })
  const release = (versions: [number, number] = [1, 1]) =>
    scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
      body: releaseBody(scene, versions),
    })
  const countOf = async () =>
    (await db.installation.findFirstOrThrow({ where: { packId: scene.pack.id, uninstalledAt: null } }))
      .deliveredCount
  return { scene, group, install, release, countOf }
}

test('shared while a release comes out: whoever is first, it arrives once', async () => {
  for (const isReleaseFirst of [true, false]) {
    const { scene, group, install, release, countOf } = await installedScene()
    await install()
    await scene.unshare(group.id, scene.pack.id)
    const share = () => scene.share(group.id, scene.pack.id)
    const [one, two] = isReleaseFirst
      ? await inOrder(scene, release, share)
      : await inOrder(scene, share, release)
    expect([one.statusCode, two.statusCode].toSorted()).toEqual([200, 201])
    while (await resumeNextShared(deps));
    expect(await countOf()).toBe(2)
  }
  expect(await findViolations(db)).toEqual([])
})

test('un-shared while a release comes out: it arrives where it came first, and not where it came second', async () => {
  const before = await installedScene()
  await before.install()
  await inOrder(before.scene, before.release, () =>
    before.scene.unshare(before.group.id, before.scene.pack.id),
  )
  expect(await before.countOf()).toBe(2)

  const after = await installedScene()
  await after.install()
  await inOrder(after.scene, () => after.scene.unshare(after.group.id, after.scene.pack.id), after.release)
  expect(await after.countOf()).toBe(1)
})

test('a group deleted while its account installs: the installation is there, or the pack is not to be had', async () => {
  const remove = ({ scene, group }: Awaited<ReturnType<typeof installedScene>>) =>
    scene.admin.call('DELETE', `/account-groups/${group.id}`)

  const before = await installedScene()
  const [made, deleted] = await inOrder(before.scene, before.install, () => remove(before))
  expect([made.statusCode, deleted.statusCode]).toEqual([201, 204])
  expect(await before.countOf()).toBe(1)

  const after = await installedScene()
  const [gone, refused] = await inOrder(after.scene, () => remove(after), after.install)
  expect(gone.statusCode).toBe(204)
  expect(refused.json()).toMatchObject({ code: 'pack-not-available' })
  expect(await db.installation.count({ where: { packId: after.scene.pack.id } })).toBe(0)
})

test('two who share the same packs at once: each pack is shared once, and written down once', async () => {
  const scene = await createGroupScene(app)
  const group = await scene.createGroup('Retail')
  const share = () => scene.share(group.id, scene.pack.id)
  const [one, two] = await inOrder(scene, share, share)
  const shared = [one, two].map((answer) => answer.json<{ shared: number }>().shared)
  expect(shared.toSorted()).toEqual([0, 1])
  expect(await db.accountGroupPack.count({ where: { groupId: group.id } })).toBe(1)
  expect(
    await db.auditEntry.count({ where: { action: 'as.accountgroup.resource ADD NONE', objectId: group.id } }),
  ).toBe(1)
})
