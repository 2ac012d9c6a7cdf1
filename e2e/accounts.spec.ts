import { expect, type Page } from '@playwright/test'
import { expectAccessible, schemesAt } from './fixtures/accessible.ts'
import { comeBackUntilShown } from './fixtures/come-back.ts'
import { createAccount, createPerson, openBrowserOf, signInByCookie } from './fixtures/people.ts'
import { test } from './fixtures/test.ts'

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } }

async function expectNoSidewaysScroll(page: Page) {
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect(isTooWide).toBe(false)
}

test('a primary account creates an account, changes it, suspends it and reactivates it', async ({
  page,
  context,
  db,
  browser,
  baseURL,
  browserConsole,
}) => {
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator' })
  await signInByCookie(context, admin)
  await page.goto('/settings/account/accounts')
  await expect(page.getByText('This account manages no others yet.')).toBeVisible()

  await page.getByRole('button', { name: 'Create Account' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create Account' })
  await dialog.getByRole('textbox', { name: 'Account Name' }).fill('Heron Freight')
  await dialog.getByRole('radio', { name: 'Unlimited' }).check()
  await dialog.getByRole('checkbox', { name: 'Multi-install integration packs' }).check()
  browserConsole.expect(/422/)
  await dialog.getByRole('button', { name: 'Create Account' }).click()
  await expect(dialog.getByRole('alert')).toContainText('needs Integration pack management')
  await dialog.getByRole('checkbox', { name: 'Multi-install integration packs' }).uncheck()
  await dialog.getByRole('button', { name: 'Create Account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Heron Freight' })).toBeFocused()
  await expect(page.getByRole('main')).toContainText(/heron-[2-9A-Z]{6}/)
  await expect(page.getByRole('main')).toContainText('All Accounts')

  await page.getByRole('button', { name: 'Edit Account' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Account' })
  await edit.getByRole('textbox', { name: 'Account Name' }).fill('Heron Freight Lines')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Heron Freight Lines' })).toBeVisible()

  const managedId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const operator = await createPerson(db, { accountId: managedId, role: 'production-support' })
  const other = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: operator })
  await other.page.goto('/')
  await expect(other.page.getByRole('heading', { level: 1, name: 'Atom Management' })).toBeVisible()

  await page.getByRole('button', { name: 'Suspend Account' }).click()
  const confirm = page.getByRole('dialog', { name: 'Suspend Heron Freight Lines?' })
  await expectAccessible(page, 'suspend dialog')
  await confirm.getByRole('button', { name: 'Suspend Account' }).click()
  await expect(page.getByRole('main')).toContainText('Nobody can work here')
  await other.page.goto('/installations')
  await expect(other.page.getByRole('heading', { level: 1, name: 'This account is suspended' })).toBeVisible()
  expect((await other.api.ask('listInstallations')).status()).toBe(403)

  await page.getByRole('button', { name: 'Reactivate Account' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivate Account' }).click()
  await expect(page.getByRole('button', { name: 'Suspend Account' })).toBeVisible()
  await other.page.getByRole('button', { name: 'Try again' }).click()
  await expect(other.page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeVisible()
  await other.context.close()
})

test('what is typed in Edit Account stays when somebody else changes the account meanwhile', async ({
  page,
  context,
  db,
  browserConsole,
}) => {
  const accountId = await createAccount(db)
  const managedId = await createAccount(db, { primaryAccountId: accountId })
  await signInByCookie(context, await createPerson(db, { accountId, role: 'administrator' }))
  await page.goto(`/settings/account/accounts/${managedId}`)
  await page.getByRole('button', { name: 'Edit Account' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Account' })
  const name = dialog.getByRole('textbox', { name: 'Account Name' })
  await name.fill('As I typed it')
  await db.account.update({
    where: { id: managedId },
    data: { name: 'As another wrote it', version: { increment: 1 } },
  })
  await comeBackUntilShown(page, page.locator('h1', { hasText: 'As another wrote it' }))
  await expect(name).toHaveValue('As I typed it')
  browserConsole.expect(/412/)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Save mine anyway' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'As I typed it' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Edit Account' })).toBeFocused()
})

test('the Support Access Role caps whoever comes through a group, and the header says so', async ({
  page,
  context,
  db,
}) => {
  const primaryId = await createAccount(db)
  const managedId = await createAccount(db, {
    name: 'Ibis Retail',
    primaryAccountId: primaryId,
    features: [],
  })
  const customer = await createPerson(db, { accountId: managedId, role: 'administrator' })
  const vendor = await createPerson(db, { accountId: primaryId, role: 'administrator' })
  const administrator = await db.role.findFirstOrThrow({ where: { defaultRole: 'administrator' } })
  await db.accountGroup.create({
    data: {
      primaryAccountId: primaryId,
      name: 'Key customers',
      accounts: { create: { accountId: managedId } },
      users: { create: { userId: vendor.userId, roleId: administrator.id } },
    },
  })

  await signInByCookie(context, customer)
  await page.goto('/settings/account')
  await page.getByRole('combobox', { name: 'Support Access Role' }).selectOption('Support')
  await expect(page.getByText('At most: Execute, View Results, View Data, Licensing.')).toBeVisible()
  await expectAccessible(page, 'account information')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('definition').filter({ hasText: /^Support$/ })).toBeVisible()

  await page.goto('about:blank')
  await context.clearCookies()
  await signInByCookie(context, vendor)
  await page.goto('/')
  const switcher = page.getByRole('button', { name: /, switch account$/ })
  // A sign-in of somebody with several accounts asks for one first.
  await page.getByRole('button', { name: 'Work here: Ibis Retail' }).click()
  await expect(switcher).toBeVisible()
  await page.goto('/settings/account')
  await expect(page.getByText('Through an account group, capped by the role Support')).toBeVisible()
  await expect(page.getByText('Changing the account and its settings needs the privilege')).toBeVisible()
})

test('among a thousand accounts one is found by typing, with the keyboard alone', async ({
  page,
  context,
  db,
}) => {
  const primaryId = await createAccount(db)
  const vendor = await createPerson(db, { accountId: primaryId, role: 'administrator' })
  await db.account.createMany({
    data: Array.from({ length: 1_000 }, (_, index) => ({
      id: `${primaryId}-${index}`,
      name: `Branch ${String(index).padStart(4, '0')}`,
      primaryAccountId: primaryId,
    })),
  })
  const all = await db.accountGroup.findFirstOrThrow({ where: { primaryAccountId: primaryId } })
  const support = await db.role.findFirstOrThrow({ where: { defaultRole: 'production-support' } })
  await db.accountGroupUser.create({
    data: { groupId: all.id, userId: vendor.userId, roleId: support.id },
  })
  const api = await signInByCookie(context, vendor)
  await api.call('chooseAccount', { body: { accountId: primaryId } })

  await page.goto('/settings/account/accounts')
  await expect(page.getByText('1–50 of 1,000 accounts')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search by name or ID' }).fill('branch 0777')
  await expect(page.getByText('1–1 of 1 accounts')).toBeVisible()

  await page.getByRole('button', { name: /, switch account$/ }).focus()
  await page.keyboard.press('Enter')
  const search = page.getByRole('searchbox', { name: 'Search 1,001 accounts by name or ID' })
  await expect(search).toBeVisible()
  await expectAccessible(page, 'account switcher open')
  await page.keyboard.press('Tab')
  await expect(search).toBeFocused()
  await page.keyboard.type('branch 0042')
  const found = page.getByRole('button', { name: /^Branch 0042/ })
  await expect(found).toContainText('Production Support · through All Accounts')
  await page.keyboard.press('Tab')
  await expect(found).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Account Branch 0042, switch account' })).toBeVisible()
})

for (const [name, viewport] of Object.entries(widths)) {
  test.describe(`${name}, ${viewport.width} px`, () => {
    test.use({ viewport })
    const schemes = schemesAt(viewport.width)

    test('the screens of accounts are accessible', async ({ page, context, db }) => {
      const primaryId = await createAccount(db)
      const managedId = await createAccount(db, { name: 'Jackdaw Stores', primaryAccountId: primaryId })
      await signInByCookie(context, await createPerson(db, { accountId: primaryId, role: 'administrator' }))
      for (const address of [
        '/settings/account',
        '/settings/account/accounts',
        `/settings/account/accounts/${managedId}`,
      ]) {
        await page.goto(address)
        await expect(page.getByRole('table').first()).toBeVisible()
        await expectAccessible(page, address, schemes)
        await expectNoSidewaysScroll(page)
      }
      await page.getByRole('button', { name: 'Edit Account' }).click()
      await expect(page.getByRole('dialog', { name: 'Edit Account' })).toBeVisible()
      await expectAccessible(page, 'edit dialog', schemes)
      await expectNoSidewaysScroll(page)
    })
  })
}
