import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { packPage } from './fixtures/pack-page.ts'
import { breakRelease } from './fixtures/release-faults.ts'
import type { Scene } from './fixtures/scene.ts'
import { expectSoundAtEachWidth } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

/** One more than the job updates in a transaction, so that a release can stop half way. */
const installations = 2_001

/** A pack whose second release goes out on 1 March to so many installations, the first and the last of them known. */
async function createScheduled(scene: Scene) {
  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ type: 'MULTI', components: [orders] })
  const first = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  const { installationId } = await scene.addCustomer({ packId: pack.id, releaseId: first })
  const {
    attachments,
    id: _id,
    ...installed
  } = await scene.db.installation.findUniqueOrThrow({
    where: { id: installationId },
    include: { attachments: true },
  })
  const more = await scene.db.installation.createManyAndReturn({
    data: Array.from({ length: installations - 1 }, (_, index) => ({ ...installed, name: `Shop ${index}` })),
    select: { id: true },
  })
  await scene.db.attachment.createMany({
    data: attachments.flatMap(({ id: _attachment, ...attached }) =>
      more.map(({ id }) => ({ ...attached, installationId: id })),
    ),
  })
  const releaseId = await scene.schedule(pack.id, [{ component: orders, version: '2.0' }], '2027-03-01')
  const ids = [installationId, ...more.map(({ id }) => id)].toSorted()
  return { pack, releaseId, firstInstallation: ids[0] ?? '', lastInstallation: ids.at(-1) ?? '' }
}

test('a release that meets errors says so while it is tried again, and when it has failed somebody tries again', async ({
  page,
  scene,
  db,
}) => {
  test.setTimeout(120_000)
  const { pack, releaseId, firstInstallation, lastInstallation } = await createScheduled(scene)
  const screen = packPage(page)
  const goingOut = page.getByRole('region', { name: 'Release 2 is going out' })
  const failed = page.getByRole('region', { name: 'Failed Release 2 could not go out completely' })
  await screen.open(pack.id)

  await test.step('it cannot begin', async () => {
    const mend = await breakRelease(db, { releaseId, installationId: firstInstallation })
    await scene.setClock('2027-02-28T23:00:00Z')
    const attempts = async () => (await db.release.findUniqueOrThrow({ where: { id: releaseId } })).attempts
    await expect.poll(attempts).toBeGreaterThan(0)
    await page.reload()
    await expect(screen.scheduled).toContainText('due now')
    await expect(screen.scheduled).toContainText('Scheduled by Rena Marek, Sat 20 Feb 2027, 13:00')
    await expect(screen.scheduled).toContainText(
      /Attempt \d of 8 failed; the next one follows by itself\. The release could not be carried out/,
    )
    await expectAccessible(page, 'a release that is due and cannot begin')
    await mend()
  })

  const mend = await breakRelease(db, { releaseId, installationId: lastInstallation })
  await test.step('it stops half way', async () => {
    await scene.setClock('2027-02-28T23:10:00Z')
    await expect(goingOut).toContainText('2,000 of 2,001 environments updated · 99 %')
    await expect(goingOut).toContainText(/Attempt \d of 8 failed/)
    await expect(page.getByRole('navigation', { name: 'Integration packs' })).toContainText('Releasing')
    await expectSoundAtEachWidth(page, 'a release on its way')
  })

  await test.step('it is given up', async () => {
    // The attempts between are alike.
    await db.release.update({ where: { id: releaseId }, data: { attempts: 7 } })
    await scene.setClock('2027-02-28T23:20:00Z')
    await expect(failed).toContainText('8 attempts, the last one on Mon 1 Mar 2027, 00:20')
    await expect(failed).toContainText('The release could not be carried out')
    await expect(failed).toContainText('2,000 of 2,001 environments updated')
    await expect(goingOut).toBeHidden()
    await expectSoundAtEachWidth(page, 'a failed release')
  })

  await test.step('somebody tries again', async () => {
    await mend()
    await failed.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText(`Release 2 of “${pack.name}” is out everywhere.`).first()).toBeVisible()
    await expect(failed).toBeHidden()
    await screen.expectVersions('Orders to ERP', ['2.0', '', ''])
    const runs = { packId: pack.id, releaseId, versionNumber: 2 }
    expect(await db.attachment.count({ where: runs })).toBe(installations)
  })
})
