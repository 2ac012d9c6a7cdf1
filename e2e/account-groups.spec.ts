import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { expect, type Page } from '@playwright/test'
import { expectAccessible, schemesAt } from './fixtures/accessible.ts'
import { openAdmin } from './fixtures/administrator.ts'
import { installationPage } from './fixtures/installation-page.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { test } from './fixtures/managed-account.ts'
import { openBrowserOf, unique } from './fixtures/people.ts'
import type { Scene } from './fixtures/scene.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'

async function releasedPack(scene: Scene, name = `Order to Cash ${unique()}`) {
  const component = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ name, components: [component] })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  return { ...pack, releaseSecond: () => scene.release(pack.id, [{ component, version: '2.0' }]) }
}

const addGroup = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Add Account Group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add Account Group' })
  await dialog.getByRole('textbox', { name: 'Group Name' }).fill(name)
  await dialog.getByRole('button', { name: 'OK' }).click()
  await expect(page.getByRole('combobox', { name: 'Account Group' })).toContainText(name)
  await expect(dialog).toBeHidden()
}

test('a pack that is shared appears in Browse without a reload, and both sides see when it is shared no more', async ({
  scene,
  managed,
  browser,
  baseURL,
}) => {
  const pack = await releasedPack(scene)
  const admin = await openAdmin(scene, browser, baseURL)
  const { page } = admin
  const consumer = installationPage(managed.page)
  await consumer.openBrowse()
  await expect(
    consumer.browse.getByText('No publisher shares an integration pack with this account yet.'),
  ).toBeVisible()

  await page.goto('/settings/account/groups')
  await expect(page.getByRole('heading', { level: 1, name: 'Account Groups' })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: managed.accountName })).toBeVisible()
  await addGroup(page, 'Retail customers')
  await page.getByRole('button', { name: 'Add Accounts' }).click()
  const choose = page.getByRole('dialog', { name: 'Choose Account' })
  await choose.getByRole('searchbox').fill(managed.accountName)
  await choose.getByRole('checkbox', { name: managed.accountName }).check()
  await choose.getByRole('button', { name: 'Add 1 Selected Account' }).click()
  await expect(page.getByRole('rowheader', { name: managed.accountName })).toBeVisible()

  await page.getByRole('link', { name: 'Resources' }).click()
  await page.getByRole('button', { name: 'Add Integration Packs' }).click()
  const add = page.getByRole('dialog', { name: 'Add Integration Packs' })
  await add.getByRole('checkbox', { name: pack.name }).check()
  await add.getByRole('button', { name: 'Add 1 Selected Pack' }).click()
  await expect(page.getByRole('rowheader', { name: pack.name })).toBeVisible()

  // The other browser hears of it by itself.
  await consumer.browse.getByRole('button', { name: `View ${pack.name}` }).click()
  await consumer.browse.getByRole('button', { name: 'Install' }).click()
  await expect(consumer.browse.getByRole('heading', { name: 'Installed' })).toBeVisible()
  await consumer.browse.getByRole('button', { name: 'Close', exact: true }).last().click()
  await managed.page.goto('/installations')
  await expect(managed.page.getByRole('heading', { name: pack.name })).toBeVisible()

  await page.getByRole('checkbox', { name: `Select ${pack.name}` }).check()
  await page.getByRole('button', { name: 'Remove 1 Selected' }).click()
  const remove = page.getByRole('dialog', { name: `Remove “${pack.name}” from “Retail customers”?` })
  await expect(remove).toContainText(
    '1 installation in 1 account keeps running its release but gets no further one: no longer shared.',
  )
  await remove.getByRole('button', { name: 'Remove Integration Pack' }).click()
  await expect(page.getByText('No integration pack is shared through this group yet.')).toBeVisible()
  await expect(managed.page.getByText('No longer shared.')).toBeVisible()
  await page.goto(`/integration-packs/${pack.id}`)
  await expect(page.getByRole('definition').filter({ hasText: '1 installation in 1 account' })).toContainText(
    'No longer shared It gets no further release.',
  )
  await expect(page.getByText('No account group, so nobody can install it.')).toBeVisible()
  await page.getByRole('link', { name: 'Share it through an account group' }).click()
  await page.getByRole('combobox', { name: 'Account Group' }).selectOption({ label: 'Retail customers' })
  await page.getByRole('link', { name: 'Resources' }).click()

  // What it missed meanwhile comes when it is shared again.
  await pack.releaseSecond()
  const installed = () =>
    managed.db.installation.findFirstOrThrow({ where: { accountId: managed.accountId, packId: pack.id } })
  expect(await installed()).toMatchObject({ deliveredCount: 1 })
  await page.getByRole('button', { name: 'Add Integration Packs' }).first().click()
  await add.getByRole('checkbox', { name: pack.name }).check()
  await add.getByRole('button', { name: 'Add 1 Selected Pack' }).click()
  await expect(managed.page.getByText('No longer shared.')).toBeHidden()
  await expect.poll(async () => (await installed()).deliveredCount).toBe(2)
  expect(admin.browserConsole.unexpected()).toEqual([])
  await admin.context.close()
})

test('who works in the accounts of a group: added with roles, looked at, changed, removed', async ({
  scene,
  managed,
  browser,
  baseURL,
}) => {
  const colleague = await scene.addPerson({ role: 'support', firstName: 'Pia', lastName: 'Sommer' })
  await managed.db.user.update({ where: { id: colleague.userId }, data: { lastSignedInAt: new Date() } })
  const admin = await openAdmin(scene, browser, baseURL)
  const { page } = admin
  await page.goto('/settings/account/groups')
  await page.getByRole('button', { name: 'Add User' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add/Maintain User Roles' })
  await dialog.getByRole('button', { name: 'OK' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Choose a user first.')
  await dialog.getByRole('combobox', { name: 'User' }).fill('sommer')
  await dialog.getByRole('option', { name: /Pia Sommer/ }).click()
  await expect(dialog).toContainText(colleague.email)
  admin.browserConsole.expect(/422/)
  await dialog.getByRole('button', { name: 'OK' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Choose one role at least.')
  await dialog.getByRole('checkbox', { name: 'Production Support' }).check()
  await dialog.getByRole('checkbox', { name: 'Support', exact: true }).check()
  await dialog.getByRole('button', { name: 'OK' }).click()
  const users = page.getByRole('table', { name: 'Users in Group' })
  await expect(users).toContainText('Production Support, Support')

  await users.getByRole('button', { name: 'Pia Sommer', exact: true }).click()
  const pane = page.getByRole('complementary', { name: 'Roles and privileges of Pia Sommer' })
  await expect(pane).toContainText('Packaged Component Deployment')
  await expectAccessible(page, 'a user of a group with roles and privileges')

  await users.getByRole('button', { name: 'Actions for Pia Sommer' }).click()
  await page.getByRole('button', { name: 'View all groups of the user' }).click()
  await expect(page.getByRole('dialog', { name: 'All groups of Pia Sommer' })).toContainText('All Accounts')
  await page.keyboard.press('Escape')

  // They work there through the group, and by no other way.
  const theirs = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: colleague })
  const enter = () => theirs.api.ask('chooseAccount', { body: { accountId: managed.accountId } })
  expect((await enter()).ok()).toBe(true)
  expect((await theirs.api.ask('browsePacks')).ok()).toBe(true)

  await users.getByRole('button', { name: 'Actions for Pia Sommer' }).click()
  await page.getByRole('button', { name: 'Remove from group' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove User' }).click()
  await expect(page.getByText('Nobody works in the accounts of this group through it yet.')).toBeVisible()
  expect((await theirs.api.ask('browsePacks')).ok()).toBe(false)
  expect((await enter()).ok()).toBe(false)
  expect(admin.browserConsole.unexpected()).toEqual([])
  await theirs.context.close()
  await admin.context.close()
})

test('refusals: a name taken, All Accounts, and a group that somebody else has changed', async ({
  scene,
  browser,
  baseURL,
}) => {
  const admin = await openAdmin(scene, browser, baseURL)
  const { page, api } = admin
  const group = await api.call<AccountGroupView>('createAccountGroup', { body: { name: 'Retail' } })
  await page.goto('/settings/account/groups')
  await expect(page.getByRole('button', { name: 'Delete' })).toBeHidden()
  await page.getByRole('button', { name: 'Add Account Group' }).click()
  const add = page.getByRole('dialog', { name: 'Add Account Group' })
  await add.getByRole('textbox', { name: 'Group Name' }).fill('RETAIL')
  admin.browserConsole.expect(/409/)
  await add.getByRole('button', { name: 'OK' }).click()
  await expect(add.getByRole('alert')).toContainText('already has an account group of that name')
  await add.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('combobox', { name: 'Account Group' }).selectOption({ label: 'Retail' })
  await page.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Account Group' })
  await edit.getByRole('combobox', { name: 'Auto Subscribe Alert Level' }).selectOption('Warning')
  await api.call('editAccountGroup', { params: { groupId: group.id }, body: { name: 'Retail customers' } })
  admin.browserConsole.expect(/412/)
  await edit.getByRole('button', { name: 'OK' }).click()
  await expect(edit.getByRole('alert')).toContainText('It is called “Retail customers” now.')
  await expectAccessible(page, 'changed by somebody else')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectAccessible(page, 'changed by somebody else, on a narrow screen')
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(edit.getByRole('alert')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(edit.getByRole('button', { name: 'Keep the newer state' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(edit).toBeHidden()
  const saved = await api.call<AccountGroupView>('getAccountGroup', { params: { groupId: group.id } })
  expect(saved).toMatchObject({ name: 'Retail', autoSubscribeAlertLevel: 'WARNING', version: 3 })

  await page.getByRole('button', { name: 'Delete' }).click()
  const remove = page.getByRole('dialog', { name: 'Delete “Retail”?' })
  await expect(remove).toContainText('Nothing is installed through it.')
  await remove.getByRole('button', { name: 'Delete Account Group' }).click()
  await expect(page.getByRole('combobox', { name: 'Account Group' })).toHaveValue(/.+/)
  await expect(page.getByText('It always holds every account that this account manages.')).toBeVisible()
  expect(admin.browserConsole.unexpected()).toEqual([])
  await admin.context.close()
})

test('whoever may not manage account groups is told so', async ({ scene, page }) => {
  await page.goto('/settings/account/groups')
  await expect(
    page.getByText('Seeing account groups needs the privilege Account Group Management.'),
  ).toBeVisible()
  expect((await scene.api.ask('listAccountGroups')).status()).toBe(403)
})

test('by keyboard alone: a group is added, filled, shared with and deleted', async ({
  scene,
  managed,
  browser,
  baseURL,
}) => {
  const pack = await releasedPack(scene)
  const admin = await openAdmin(scene, browser, baseURL)
  const { page } = admin
  const keys = keyboard(page)
  await page.goto('/settings/account/groups')
  await keys.use(page.getByRole('button', { name: 'Add Account Group' }))
  await expect(page.getByRole('textbox', { name: 'Group Name' })).toBeFocused()
  await keys.type('Keyboard')
  await keys.press('Enter')
  await keys.use(page.getByRole('button', { name: 'Add Accounts' }).first())
  await expect(page.getByRole('dialog').getByRole('searchbox')).toBeFocused()
  await keys.use(page.getByRole('checkbox', { name: managed.accountName }), 'Space')
  await keys.use(page.getByRole('button', { name: 'Add 1 Selected Account' }))
  await expect(page.getByRole('rowheader', { name: managed.accountName })).toBeVisible()
  await keys.use(page.getByRole('link', { name: 'Resources' }))
  await keys.use(page.getByRole('button', { name: 'Add Integration Packs' }).first())
  await keys.use(page.getByRole('checkbox', { name: pack.name }), 'Space')
  await keys.use(page.getByRole('button', { name: 'Add 1 Selected Pack' }))
  await expect(page.getByRole('rowheader', { name: pack.name })).toBeVisible()
  await keys.tabTo(page.getByRole('button', { name: 'Delete' }), { backwards: true })
  await keys.press('Enter')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await keys.tabTo(page.getByRole('button', { name: 'Delete Account Group' }), { backwards: true })
  await keys.press('Enter')
  await expect(page.getByText('It always holds every account that this account manages.')).toBeVisible()
  await admin.context.close()
})

for (const width of [1280, 320]) {
  test(`accessible, ${width} pixels wide`, async ({ scene, managed, browser, baseURL }) => {
    await releasedPack(scene, 'A pack with a name as long as publishers give them to be told apart')
    const admin = await openAdmin(scene, browser, baseURL)
    const { page, api } = admin
    await page.setViewportSize({ width, height: 800 })
    const look = async (state: string) => {
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      await expectNoSidewaysScroll(page, state)
      await expectAccessible(page, state, schemesAt(width))
    }
    await page.goto('/settings/account/groups')
    await expect(page.getByRole('rowheader', { name: managed.accountName })).toBeVisible()
    await look('All Accounts')
    const membership = page.getByRole('button', { name: 'View Account Group Membership' })
    await page.getByRole('button', { name: `Actions for ${managed.accountName}` }).click()
    await membership.click()
    await expect(page.getByRole('dialog').getByRole('link', { name: 'All Accounts' })).toBeVisible()
    await look('the groups of an account')
    await page.keyboard.press('Escape')

    const group = await api.call<AccountGroupView>('createAccountGroup', { body: { name: 'Empty' } })
    await page.goto(`/settings/account/groups/${group.id}`)
    await expect(page.getByText('No account is in this group yet.')).toBeVisible()
    await look('an empty group')
    await page.getByRole('button', { name: 'Add Accounts' }).click()
    await expect(page.getByRole('checkbox', { name: managed.accountName })).toBeVisible()
    await look('Choose Account')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Add User' }).click()
    await expect(page.getByRole('checkbox', { name: 'Administrator' })).toBeVisible()
    await look('Add/Maintain User Roles')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await look('Edit Account Group')
    await page.getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('link', { name: 'Resources' }).click()
    await expect(page.getByText('No integration pack is shared through this group yet.')).toBeVisible()
    await look('no resources')
    await page.getByRole('button', { name: 'Add Integration Packs' }).click()
    await page.getByRole('checkbox', { name: /^A pack with/ }).check()
    await look('Add Integration Packs')
    await page.getByRole('button', { name: 'Add 1 Selected Pack' }).click()
    await page.getByRole('checkbox', { name: /^Select A pack with/ }).check()
    await look('resources')
    await page.getByRole('button', { name: 'Remove 1 Selected' }).click()
    await expect(page.getByText('Nothing is installed through it.')).toBeVisible()
    await look('removing a pack')
    await page.goto('/settings/account/groups/00000000-0000-4000-8000-000000000000')
    await expect(page.getByText('There is no such account group in this account.')).toBeVisible()
    await look('no such group')
    await admin.context.close()
  })
}
