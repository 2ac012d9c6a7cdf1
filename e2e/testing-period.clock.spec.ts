import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { attachmentsOf } from './fixtures/customers.ts'
import { applyEarly } from './fixtures/early-applies.ts'
import { packPage } from './fixtures/pack-page.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import type { Scene } from './fixtures/scene.ts'
import { test } from './fixtures/test.ts'

/**
 * Version 1.0 is out, version 2.0 is scheduled for 1 March, and one customer has applied it early in one of its two
 * environments; another customer waits.
 */
async function createTestingPeriod(scene: Scene) {
  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ components: [orders] })
  const first = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  const early = await scene.addCustomer({ packId: pack.id, releaseId: first, environments: 2 })
  const waiting = await scene.addCustomer({ packId: pack.id, releaseId: first })
  const second = await scene.schedule(pack.id, [{ component: orders, version: '2.0' }], '2027-03-01')
  await applyEarly(scene.db, early, second)
  return { orders, pack, early, waiting, first, second }
}

test('the pack says who has applied it early, and everybody has it after the date', async ({
  page,
  scene,
  db,
}) => {
  const { pack, early, waiting, second } = await createTestingPeriod(scene)
  const screen = packPage(page)
  await screen.open(pack.id)
  await expect(screen.scheduled).toContainText('applied early in 1 of 3 environments')
  await screen.scheduled.getByRole('link', { name: 'View rollout' }).click()
  const rollout = page.getByRole('table', { name: 'Rollout of this release' })
  await expect(rollout.getByRole('row', { name: /Applied early/ })).toContainText(early.accountName)
  await expect(rollout.getByRole('row', { name: /Awaiting release/ })).toHaveCount(2)
  await expectAccessible(page, 'the rollout of a release in its testing period')

  await scene.setClock('2027-02-28T23:00:00Z')
  await scene.untilReleased(second)
  expect(await attachmentsOf(db, early)).toMatchObject([
    // Applied early, it keeps its number, and the other environment of the installation gets the same one (D-16).
    { releaseId: second, versionNumber: 2, updatedHow: 'MANUAL' },
    { releaseId: second, versionNumber: 2, updatedHow: 'AUTOMATIC' },
  ])
  expect(await attachmentsOf(db, waiting)).toMatchObject([{ releaseId: second, versionNumber: 2 }])
})

test('change versions: who applied the old content early stays on it until the date', async ({
  page,
  scene,
  db,
}) => {
  const { orders, pack, early, waiting, first, second } = await createTestingPeriod(scene)
  await scene.addVersion(orders, '3.0')
  const screen = packPage(page)
  const wizard = releaseWizard(page)
  await screen.open(pack.id)
  await screen.expectVersions('Orders to ERP', ['1.0', '2.0', '3.0'])
  await screen.scheduled.getByRole('link', { name: 'Change versions' }).click()
  await expect(
    page.getByText(/Changes the versions of release 2 .* scheduled for Mon 1 Mar 2027/),
  ).toBeVisible()
  await expectAccessible(page, 'changing the versions of a scheduled release')
  await wizard.selectVersion('Orders to ERP', '3.0')
  await wizard.next.click()
  await expect(wizard.onDate).toBeChecked()
  await expect(page.getByText('Releases Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin.')).toBeVisible()
  await wizard.schedule.click()
  await expect(wizard.scheduled).toBeVisible()
  await wizard.finish.click()
  await screen.expectVersions('Orders to ERP', ['1.0', '3.0', ''])

  const third = (await scene.getPack(pack.id)).scheduled?.id ?? ''
  expect((await scene.getRelease(second)).status).toBe('SUPERSEDED')
  expect(await attachmentsOf(db, early)).toMatchObject([
    { releaseId: second, versionNumber: 2 },
    { releaseId: first, versionNumber: 1 },
  ])

  await scene.setClock('2027-02-28T23:00:00Z')
  await scene.untilReleased(third)
  expect(await attachmentsOf(db, early)).toMatchObject([
    { releaseId: third, versionNumber: 3 },
    { releaseId: third, versionNumber: 3 },
  ])
  expect(await attachmentsOf(db, waiting)).toMatchObject([{ releaseId: third, versionNumber: 2 }])
  await screen.openHistory()
  await expect(screen.entries).toHaveCount(3)
  await expect(screen.entries.nth(1)).toContainText('Replaced')
})

test('release now: asked with numbers, everybody gets it, and the date is off', async ({
  page,
  scene,
  db,
}) => {
  const { pack, early, waiting, second } = await createTestingPeriod(scene)
  const screen = packPage(page)
  await screen.open(pack.id)
  await screen.scheduled.getByRole('button', { name: 'Release now' }).click()
  const dialog = page.getByRole('dialog', { name: `Release “${pack.name}” now?` })
  await expect(dialog).toContainText('2 installations in 2 accounts, that is 3 environments')
  await expect(dialog).toContainText('instead of on Mon 1 Mar 2027')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expectAccessible(page, 'releasing a scheduled release now')
  await dialog.getByRole('button', { name: 'Release now' }).click()
  await expect(screen.scheduled).toBeHidden()
  await screen.expectVersions('Orders to ERP', ['2.0', '', ''])
  await scene.untilReleased(second)
  const numbers = [...(await attachmentsOf(db, early)), ...(await attachmentsOf(db, waiting))]
  for (const attachment of numbers) expect(attachment).toMatchObject({ releaseId: second, versionNumber: 2 })

  // The date comes, and nothing more happens.
  await scene.passTo('2027-02-28T23:00:00Z', '2027-03-01')
  expect(await scene.getHistory(pack.id)).toHaveLength(2)
  expect([...(await attachmentsOf(db, early)), ...(await attachmentsOf(db, waiting))]).toEqual(numbers)
})

test('cancel: with a reason, and the early one goes back to the current release', async ({
  page,
  scene,
  db,
}) => {
  const { pack, early, waiting, first, second } = await createTestingPeriod(scene)
  const screen = packPage(page)
  await screen.open(pack.id)
  await screen.scheduled.getByRole('button', { name: 'Cancel release' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel the scheduled release?' })
  await expect(dialog).toContainText('the 1 environment that had applied it early goes back to it')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Accounting closes its books that week.')
  await expectAccessible(page, 'cancelling a scheduled release')
  await dialog.getByRole('button', { name: 'Cancel the release' }).click()
  await expect(screen.scheduled).toBeHidden()
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    'on Mon 1 Mar 2027 was cancelled.',
  )
  await screen.expectVersions('Orders to ERP', ['1.0', '', '2.0'])
  await expect(screen.releaseLink).toBeVisible()

  await screen.openHistory()
  await expect(screen.entries.first()).toContainText(
    `Cancelled by ${scene.manager.name}: Accounting closes its books that week.`,
  )
  await expectAccessible(page, 'a cancelled release in the history')
  await scene.passTo('2027-02-28T23:00:00Z', '2027-03-01')
  expect((await scene.getRelease(second)).status).toBe('CANCELLED')
  for (const attachment of [...(await attachmentsOf(db, early)), ...(await attachmentsOf(db, waiting))]) {
    expect(attachment).toMatchObject({ releaseId: first, versionNumber: 1 })
  }
  expect(await db.auditEntry.count({ where: { objectId: second } })).toBeGreaterThan(0)
})

test('an immediate release ends the testing period, and the scheduled one never goes out', async ({
  page,
  scene,
  db,
}) => {
  const { orders, pack, early, waiting, second } = await createTestingPeriod(scene)
  await scene.addVersion(orders, '2.1')
  const screen = packPage(page)
  const wizard = releaseWizard(page)
  await screen.open(pack.id)
  await screen.releaseLink.click()
  await wizard.next.click()
  // A second date is not possible; the place says so.
  await expect(
    page.getByText(/is not offered: release 2 is already scheduled for Mon 1 Mar 2027/),
  ).toBeVisible()
  await expect(page.getByText(/is replaced: its testing period ends and it will not go out/)).toBeVisible()
  await expectAccessible(page, 'releasing while another release is scheduled')
  await wizard.release.click()
  await expect(wizard.secondQuestion).toContainText(
    'Release 2, scheduled for Mon 1 Mar 2027, will not go out.',
  )
  await wizard.secondQuestion.getByRole('button', { name: 'Release Integration Pack' }).click()
  await expect(wizard.released).toBeVisible()
  const third = (await scene.getPack(pack.id)).current?.id ?? ''
  expect((await scene.getRelease(second)).status).toBe('SUPERSEDED')
  for (const { releaseId, versionNumber } of await attachmentsOf(db, early)) {
    expect({ releaseId, versionNumber }).toEqual({ releaseId: third, versionNumber: 3 })
  }
  expect(await attachmentsOf(db, waiting)).toMatchObject([{ releaseId: third, versionNumber: 2 }])
})

test('removed rows leave consumers with the release, and can be taken back before', async ({
  page,
  scene,
}) => {
  const orders = await scene.addComponent({ name: 'Orders to ERP', versions: ['1.0'] })
  const mail = await scene.addComponent({ name: 'Order status mail', versions: ['1.0'] })
  const { id } = await scene.addPack({ components: [orders, mail] })
  await scene.release(id, [
    { component: orders, version: '1.0' },
    { component: mail, version: '1.0' },
  ])
  const screen = packPage(page)
  const wizard = releaseWizard(page)
  await screen.open(id)
  const remove = async () => {
    await page.getByRole('button', { name: 'Remove package Order status mail' }).click()
    await page
      .getByRole('dialog', { name: 'Remove Order status mail from the pack?' })
      .getByRole('button', { name: 'OK' })
      .click()
    await expect(screen.rows.getByRole('row', { name: 'Order status mail' })).toContainText('Deleted')
  }
  await remove()
  await expectAccessible(page, 'a removed package')
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
  await screen.expectVersions('Order status mail', ['1.0', '', ''])
  await remove()
  await page.getByRole('button', { name: 'Undelete Order status mail' }).click()
  await screen.expectVersions('Order status mail', ['1.0', '', ''])
  await remove()

  await screen.releaseLink.click()
  const leaving = page.getByRole('region', { name: '1 component will be removed from consumers' })
  await expect(leaving).toContainText('Order status mail 1.0')
  await wizard.next.click()
  await wizard.release.click()
  await expect(wizard.released).toBeVisible()
  await wizard.finish.click()
  await expect(screen.rows.getByRole('rowheader')).toHaveText(['Orders to ERP'])
})
