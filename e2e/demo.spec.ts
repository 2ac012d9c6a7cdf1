import { demoAccountNames, demoPassword, demoPeople } from '@packline/database/demo/demo-people.ts'
import { expect, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { signIn } from './fixtures/sign-in.ts'
import { test } from './fixtures/test.ts'

test('everybody of the demo is offered at sign-in and can sign in', async ({ page }) => {
  expect(Object.keys(demoAccountNames)).toEqual([
    'orchard-7Q2X1A',
    'bluebird-4K8M2C',
    'kathmandu-9T3W5D',
    'chatham-2P6R8E',
    'suspended-5D1F7G',
  ])
  for (const { email, firstName, lastName, accountId, roleName, timeZone } of demoPeople) {
    await page.goto('/sign-in')
    const row = page
      .getByRole('region', { name: 'Demo users' })
      .getByRole('listitem')
      .filter({ hasText: email })
    await expect(row).toContainText(`${roleName} of ${demoAccountNames[accountId]}, ${timeZone}`)
    await row.getByRole('button', { name: `Fill in ${email}` }).click()
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `User menu of ${firstName} ${lastName}` })).toBeVisible()
    await expect(page.getByRole('banner', { name: 'Packline' })).toContainText(demoAccountNames[accountId])
    // The page goes before the session does: whatever it still asks for would be refused.
    await page.goto('about:blank')
    await page.context().clearCookies()
  }
})

test.describe('the release manager of Orchard Integrations', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/')
    await signIn(page, { email: 'release.manager@orchard.example', password: demoPassword })
    await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeVisible()
  })

  test('finds five packs, each with a story', async ({ page }) => {
    const packs = page.getByRole('navigation', { name: 'Integration packs' }).getByRole('listitem')
    await expect(packs).toHaveText([
      /^Inventory Essentials.*Scheduled/,
      /^Order to Cash.*Scheduled/,
      /^Partner Onboarding.*Not released yet/,
      /^Returns Handling.*Release 3/,
      /^Shipment Notices.*Release 2/,
    ])
    await expect(page.getByRole('heading', { level: 2, name: 'Inventory Essentials' })).toBeVisible()
    await expectAccessible(page, 'the pages of the demo')
  })

  test('has one pack scheduled for next week', async ({ page }) => {
    await openPack(page, 'Order to Cash')
    const scheduled = page.getByRole('region', { name: /^Scheduled for/ })
    await expect(scheduled).toContainText(/in [67] days/)
    await expect(scheduled).toContainText('Scheduled by Rosa Lindgren')
    await expect(scheduled).toContainText('between 00:00 and 01:00 Europe/Berlin')
    await expect(rowsOf(page)).toHaveCount(4)
    await expect(rowOf(page, 'Order status mail')).toContainText('Deleted')
  })

  test('has one in its testing period, applied early in one environment', async ({ page }) => {
    await openPack(page, 'Inventory Essentials')
    const scheduled = page.getByRole('region', { name: /^Scheduled for/ })
    await expect(scheduled).toContainText('Scheduled by Adam Whitfield')
    await expect(scheduled).toContainText('America/New_York')
    await expect(scheduled).toContainText('applied early in 1 of 5 environments')
    await scheduled.getByRole('link', { name: 'View rollout' }).click()
    const early = page
      .getByRole('table', { name: 'Rollout of this release' })
      .getByRole('row', { name: /Applied early/ })
    await expect(early).toContainText('Bluebird Logistics')
    await expect(early).toContainText('Test')
  })

  test('has one that was never released', async ({ page }) => {
    await openPack(page, 'Partner Onboarding')
    await expect(page.getByText('Multiple Attachments', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Release Integration Pack' })).toBeVisible()
    await page.getByRole('link', { name: 'Release history' }).click()
    await expect(page.getByText('has not been released yet')).toBeVisible()
  })

  test('has one on its way, with a failure at an Atom', async ({ page }) => {
    await openPack(page, 'Shipment Notices')
    await page.getByRole('link', { name: 'Release history' }).click()
    await page.getByRole('link', { name: 'Release 2', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Release 2 of Shipment Notices' })).toBeVisible()
    const rollout = page.getByRole('region', { name: 'Rollout' })
    for (const state of ['1 active', '1 failed', '1 downloading', '1 waiting'])
      await expect(rollout).toContainText(state)
  })

  test('has one that was rolled back, and a cancelled release with its reason', async ({ page }) => {
    await openPack(page, 'Returns Handling')
    await page.getByRole('link', { name: 'Release history' }).click()
    const releases = page
      .getByRole('region', { name: 'Release history' })
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading') })
    await expect(releases).toHaveCount(4)
    await expect(releases.nth(0)).toContainText('Cancelled by Adam Whitfield: Accounting closes its quarter')
    await expect(releases.nth(1)).toContainText('Rollback')
    await expect(releases.nth(1)).toContainText(/Refund posting\s*rollback/)
  })

  test('has real components to read and compare', async ({ page, db }) => {
    const shareable = await db.packagedComponent.groupBy({
      by: ['componentId'],
      where: { accountId: 'orchard-7Q2X1A', componentType: 'process', shareable: true, deletedAt: null },
      _count: true,
    })
    expect(shareable.filter(({ _count }) => _count >= 3).length).toBeGreaterThanOrEqual(3)
    await page.getByRole('link', { name: /^Build\s?: Components$/ }).click()
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('orders to erp')
    await expect(page.getByRole('row', { name: /Orders to ERP/ })).toBeVisible()
  })
})

test('business time can be set in the demo', async ({ page }) => {
  await page.goto('/')
  await signIn(page, { email: 'viewer@bluebird.example', password: demoPassword })
  const clock = page.getByRole('region', { name: 'Demo clock' })
  await expect(clock).toContainText('Pacific/Chatham')
  await clock.getByRole('button', { name: 'Set the clock' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set the demo clock' })
  await dialog.getByLabel('Date and time in UTC').fill('2027-04-29T11:15')
  // Others trust this server's clock, so the dialog is only looked at.
  await expect(dialog).toContainText('Fri 30 Apr 2027, 00:00 in Pacific/Chatham')
  await expectAccessible(page, 'setting the demo clock')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
})

const openPack = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Integration packs' }).getByRole('link', { name }).click()

const rowsOf = (page: Page): Locator =>
  page
    .getByRole('table', { name: 'Packaged Components' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })

const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('table', { name: 'Packaged Components' }).getByRole('row', { name })
