import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { attachmentsOf } from './fixtures/customers.ts'
import { packPage } from './fixtures/pack-page.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import { test } from './fixtures/test.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('create a pack, release it, roll it back, schedule it, move the date, and the job puts it out', async ({
  page,
  scene,
  db,
}) => {
  test.setTimeout(150_000)
  const orders = await scene.addComponent({ name: 'Orders to ERP', versions: ['1.0', '2.0'] })
  await scene.addComponent({ name: 'Invoice sync', folder: 'Invoices', versions: ['1.0'] })
  await scene.addComponent({ name: 'Only for us', versions: [{ version: '1.0', shareable: false }] })
  const wizard = releaseWizard(page)
  const pack = packPage(page)

  await test.step('create the pack', async () => {
    await page.goto('/integration-packs')
    await expect(page.getByRole('heading', { level: 2, name: 'Getting started' })).toBeVisible()
    await expectAccessible(page, 'no packs yet')
    await page.getByRole('button', { name: 'Create Integration Pack' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create Integration Pack' })
    await expect(dialog.getByRole('radio', { name: 'Single Attachment' })).toBeChecked()
    await dialog.getByRole('textbox', { name: 'Integration Pack Name' }).fill('Order to Cash')
    await dialog.getByRole('textbox', { name: /^Description/ }).fill('From the order to the invoice.')
    await expectAccessible(page, 'creating a pack')
    await dialog.getByRole('button', { name: 'Create Integration Pack' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Order to Cash' })).toBeVisible()
    await expect(page).toHaveTitle('Order to Cash · Integration Packs · Packline')
    await expect(pack.releaseLink).toBeHidden()
    await expect(page.getByText('Add a packaged component; then the pack can be released.')).toBeVisible()
    await expectAccessible(page, 'an empty pack')
  })
  const packId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const copied = () => page.evaluate(() => navigator.clipboard.readText())

  await test.step('its ID is read-only and can be copied (R-6)', async () => {
    await expect(page.getByText(packId, { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Copy Integration Pack ID' }).click()
    await expect.poll(copied).toBe(packId)
  })

  await test.step('add packages', async () => {
    await page.getByRole('button', { name: 'Add Packaged Component' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add Packages to Integration Pack' })
    await expect(dialog.getByRole('button', { name: 'Add 0 Selected Packages' })).toBeVisible()
    await expect(dialog.getByRole('checkbox', { name: 'Only for us' })).toHaveCount(0)
    await dialog.getByRole('checkbox', { name: 'Orders to ERP' }).check()
    await dialog.getByRole('checkbox', { name: 'Invoice sync' }).check()
    await expectAccessible(page, 'adding packages')
    await dialog.getByRole('button', { name: 'Add 2 Selected Packages' }).click()
    await expect(dialog).toBeHidden()
    await pack.expectVersions('Orders to ERP', ['', '2.0', ''])
    await pack.expectVersions('Invoice sync', ['', '1.0', ''])
  })

  await test.step('release it for the first time', async () => {
    await pack.releaseLink.click()
    await expect(wizard.selectVersions).toBeFocused()
    await expect(page).toHaveTitle('Release Integration Pack: Select Versions · Order to Cash · Packline')
    await expect(wizard.row('Orders to ERP')).toContainText('new 2.0')
    await expectAccessible(page, 'select versions')
    await wizard.next.click()
    await expect(wizard.selectSchedule).toBeFocused()
    await expect(page).toHaveTitle('Select Release Schedule · Order to Cash · Packline')
    await expect(wizard.immediately).toBeChecked()
    await expect(page.getByText('Installed nowhere yet')).toBeVisible()
    await page.getByRole('textbox', { name: 'Release notes' }).fill('The **first** release.')
    await wizard.release.click()
    await expect(wizard.released).toBeVisible()
    await expect(page.getByRole('main')).toContainText(
      'If you have not already done so, add the integration pack as a resource to account groups on the Account Groups ' +
        'tab in Settings > Account Information and Setup. You only need to do this once for future releases to be ' +
        'shared to the account group.',
    )
    await expectAccessible(page, 'released')
    await wizard.finish.click()
    await pack.expectVersions('Orders to ERP', ['2.0', '', ''])
    await expect(page.getByText('All packages are released · release 1 of Sat 20 Feb 2027')).toBeVisible()
    await expect(pack.releaseLink).toBeHidden()
    await expectAccessible(page, 'everything is released')
  })

  const first = (await scene.getPack(packId)).current?.id ?? ''
  const bistro = await scene.addCustomer({ packId, releaseId: first, environments: 2 })
  const depot = await scene.addCustomer({ packId, releaseId: first })

  await test.step('release a newer version to those who have it installed, asked a second time', async () => {
    await scene.addVersion(orders, { version: '3.0', notes: 'Orders carry discounts.' })
    await page.reload()
    await pack.expectVersions('Orders to ERP', ['2.0', '', '3.0'])
    await pack.releaseLink.click()
    await expect(wizard.row('Orders to ERP')).toContainText('update 2.0 → to 3.0')
    await page.getByRole('button', { name: 'View Details of Orders to ERP 3.0' }).click()
    const details = page.getByRole('dialog', { name: 'Orders to ERP 3.0' })
    await expect(details.getByText('2.0 → to 3.0', { exact: true })).toBeVisible()
    // Dates as people read them, in the comparison, too.
    await expect(details).not.toContainText(/\d{4}-\d\d-\d\dT/)
    await page.keyboard.press('Escape')
    await wizard.next.click()
    await expect(
      page.getByText('Applies at once to 2 installations in 2 accounts, that is 3 environments.'),
    ).toBeVisible()
    await wizard.release.click()
    await expect(wizard.secondQuestion).toContainText('2 installations in 2 accounts, that is 3 environments')
    await expect(wizard.secondQuestion).toContainText(/Orders to ERP\s*update 2\.0/)
    await expectAccessible(page, 'asked a second time')
    await wizard.secondQuestion.getByRole('button', { name: 'Release Integration Pack' }).click()
    await expect(wizard.released).toBeVisible()
    await expect(page.getByText('3 of 3 environments')).toBeVisible()
    await wizard.finish.click()
    await pack.expectVersions('Orders to ERP', ['3.0', '', ''])
  })
  const second = (await scene.getPack(packId)).current?.id ?? ''
  for (const customer of [bistro, depot]) {
    for (const attachment of await attachmentsOf(db, customer)) {
      expect(attachment).toMatchObject({ releaseId: second, versionNumber: 2, updatedHow: 'IMMEDIATE' })
    }
  }

  await test.step('roll back through the wizard', async () => {
    await pack.openHistory()
    await expect(page).toHaveTitle('Release history · Order to Cash · Packline')
    await expect(pack.entries).toHaveCount(2)
    await expectAccessible(page, 'release history')
    await page.getByRole('link', { name: /^Roll back to this release\s?: release 1$/ }).click()
    await expect(wizard.row('Orders to ERP')).toContainText('rollback 3.0 → to 2.0')
    await page.getByRole('button', { name: 'View Details of Orders to ERP 2.0' }).click()
    await expect(page.getByText('3.0 → 2.0, a rollback. 2 lines added, 2 lines removed.')).toBeVisible()
    await page.keyboard.press('Escape')
    await wizard.next.click()
    await wizard.release.click()
    await expect(wizard.secondQuestion).toContainText('rollback')
    await wizard.secondQuestion.getByRole('button', { name: 'Release Integration Pack' }).click()
    await expect(wizard.released).toBeVisible()
    await wizard.finish.click()
    await pack.expectVersions('Orders to ERP', ['2.0', '', '3.0'])
  })
  for (const { versionNumber } of await attachmentsOf(db, bistro)) expect(versionNumber).toBe(3)

  await test.step('schedule the newest version', async () => {
    await pack.releaseLink.click()
    await wizard.next.click()
    await wizard.onDate.click()
    await page.getByRole('button', { name: /^Calendar/ }).click()
    const calendar = page.getByRole('dialog', { name: 'Release on Date' })
    // It opens on the first day that can be chosen: tomorrow.
    await expect(calendar.getByRole('button', { name: /21 February 2027/ })).toBeFocused()
    await expect(calendar.getByRole('button', { name: /20 February 2027/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await expectAccessible(page, 'the calendar is open')
    await calendar.getByRole('button', { name: 'Next' }).first().click()
    await calendar
      .getByRole('button', { name: /1 March 2027/ })
      .first()
      .click()
    await expect(calendar).toBeHidden()
    await expect(
      page.getByText('Releases Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin.'),
    ).toBeVisible()
    await expect(page.getByText('Sun 28 Feb 2027 between 23:00 and midnight')).toBeVisible()
    await expectAccessible(page, 'a date is chosen')
    await wizard.schedule.click()
    await expect(wizard.scheduled).toBeVisible()
    await expect(
      page.getByText('releases Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin'),
    ).toBeVisible()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Add to calendar' }).click()
    expect((await download).suggestedFilename()).toMatch(/\.ics$/)
    await expectAccessible(page, 'scheduled')
    await wizard.finish.click()
    await expect(pack.scheduled).toContainText('Scheduled for Mon 1 Mar 2027')
    await expect(pack.scheduled).toContainText('in 8 days')
    await pack.expectVersions('Orders to ERP', ['2.0', '3.0', ''])
    const { requestId = '' } = (await scene.getPack(packId)).scheduled ?? {}
    await expect(pack.scheduled).toContainText(`Release request ID: ${requestId}`)
    await pack.scheduled.getByRole('button', { name: 'Copy release request ID' }).click()
    await expect.poll(copied).toBe(requestId)
    await expectAccessible(page, 'a release is scheduled')
  })

  await test.step('move it by two days', async () => {
    await pack.scheduled.getByRole('button', { name: 'Reschedule' }).click()
    const dialog = page
      .getByRole('dialog')
      .filter({ has: page.getByRole('group', { name: 'Release on Date' }) })
    await wizard.typeDate('2027-03-03')
    await expect(dialog).toContainText('Releases Wed 3 Mar 2027 between 00:00 and 01:00 Europe/Berlin.')
    await expectAccessible(page, 'rescheduling')
    await dialog.getByRole('button', { name: 'Reschedule' }).click()
    await expect(pack.scheduled).toContainText('Scheduled for Wed 3 Mar 2027')
  })

  await test.step('nothing happens before the window, and everything by itself when it begins', async () => {
    await scene.passTo('2027-03-02T22:59:40Z', '2027-03-02')
    expect((await scene.getPack(packId)).scheduled).not.toBeNull()
    await scene.setClock('2027-03-02T23:00:00Z')
    await expect(pack.scheduled).toBeHidden({ timeout: 30_000 })
    await pack.expectVersions('Orders to ERP', ['3.0', '', ''])
    await scene.untilReleased((await scene.getPack(packId)).current?.id ?? '')
  })

  const fourth = await db.release.findFirstOrThrow({ where: { packId, sequence: 4 } })
  expect(fourth).toMatchObject({ status: 'SUCCESS', timing: 'DATED' })
  expect(fourth.startedAt?.getTime()).toBeGreaterThanOrEqual(Date.parse('2027-03-02T23:00:00Z'))
  expect(await db.releaseTarget.count({ where: { releaseId: fourth.id } })).toBe(3)
  for (const customer of [bistro, depot]) {
    for (const attachment of await attachmentsOf(db, customer)) {
      expect(attachment).toMatchObject({ releaseId: fourth.id, versionNumber: 4, updatedHow: 'AUTOMATIC' })
    }
  }

  await test.step('the history tells it all', async () => {
    await pack.openHistory()
    await expect(pack.entries).toHaveCount(4)
    await expect(pack.entries.nth(0)).toContainText(
      'Wed 3 Mar 2027 between 00:00 and 01:00 Europe/Berlin; out',
    )
    await expect(pack.entries.nth(1)).toContainText('Rollback')
    await expect(pack.entries.nth(3)).toContainText(/Orders to ERP\s*new 2\.0/)
    for (const entry of await pack.entries.all()) await expect(entry).toContainText('Released')
    await page.getByRole('link', { name: 'Release 4', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Release 4 of Order to Cash' })).toBeFocused()
    await expect(page.getByText('On time', { exact: true })).toBeVisible()
    const targets = page.getByRole('table', { name: 'Environments of this release' })
    await expect(targets.getByRole('row', { name: bistro.accountName })).toHaveCount(2)
    await expect(targets.getByRole('row', { name: depot.accountName })).toContainText('3 → 4')
    await expectAccessible(page, 'a release')
  })
})
