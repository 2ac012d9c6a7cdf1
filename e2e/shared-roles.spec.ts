import { expect, type Page } from '@playwright/test'
import { openAdmin } from './fixtures/administrator.ts'
import { test } from './fixtures/managed-account.ts'
import { openBrowserOf, type Person } from './fixtures/people.ts'
import { expectSoundAtEachWidth } from './fixtures/sound-page.ts'

/** A user of an account in the panel beside the list. */
async function openUser(page: Page, { email, name }: Person) {
  await page.goto(`/settings/account/users?search=${encodeURIComponent(email)}`)
  await page.getByRole('table', { name: 'Users' }).getByRole('button', { name, exact: true }).click()
  return page.getByRole('dialog', { name: 'User', exact: true })
}

test('a role that is shared is given in the managed account, and gone there when it is shared no more', async ({
  scene,
  managed,
  db,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000)
  await db.role.create({ data: { accountId: scene.accountId, name: 'Night desk', privileges: ['execute'] } })
  const group = await db.accountGroup.findFirstOrThrow({
    where: {
      primaryAccountId: scene.accountId,
      accounts: { some: { accountId: managed.accountId } },
      isDefault: false,
    },
  })
  const admin = await openAdmin(scene, browser, baseURL)
  const { page } = admin
  const customer = await managed.addPerson({ role: 'administrator', firstName: 'Cleo', lastName: 'Adler' })
  const theirs = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: customer })
  const roles = page.getByRole('table', { name: 'Roles in Group' })

  await test.step('the publisher shares it', async () => {
    await page.goto(`/settings/account/groups/${group.id}/resources`)
    await page.getByRole('button', { name: 'Add Roles' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add Roles' })
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(dialog.getByRole('alert')).toContainText('Select at least one role.')
    await dialog.getByRole('checkbox', { name: 'Night desk' }).check()
    await expectSoundAtEachWidth(page, 'Add Roles')
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(roles.getByRole('row', { name: /Night desk/ })).toContainText('By nobody')
    await page.getByRole('button', { name: 'Add Roles' }).click()
    await expect(dialog).toContainText('There is no custom role that this group does not have.')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('the managed account gives it', async () => {
    const panel = await openUser(theirs.page, managed.person)
    await panel.getByRole('button', { name: 'Change Roles' }).click()
    const dialog = theirs.page.getByRole('dialog', { name: `Roles of ${managed.person.name}` })
    await dialog.getByRole('checkbox', { name: 'Night desk (shared)' }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(panel.getByRole('link', { name: 'Night desk (shared)' })).toBeVisible()
  })

  await test.step('the publisher takes it back', async () => {
    await page.reload()
    await expect(roles.getByRole('row', { name: /Night desk/ })).toContainText('By 1 user')
    await roles.getByRole('button', { name: 'Remove Night desk' }).click()
    const question = page.getByRole('dialog', {
      name: `Remove the role “Night desk” from “${group.name}”?`,
    })
    await expect(question).toContainText(
      '1 user of these accounts has it through this group alone and loses it. This cannot be undone.',
    )
    await expectSoundAtEachWidth(page, 'Remove Role')
    await question.getByRole('button', { name: 'Remove Role' }).click()
    await expect(page.getByText('No role is shared through this group yet.')).toBeVisible()
    const panel = await openUser(theirs.page, managed.person)
    await expect(panel.getByRole('link', { name: 'Standard User' })).toBeVisible()
    await expect(panel.getByRole('link', { name: /Night desk/ })).toHaveCount(0)
  })

  await test.step('the account leaves the group', async () => {
    await page.goto(`/settings/account/groups/${group.id}`)
    await page.getByRole('checkbox', { name: `Select ${managed.accountName}` }).check()
    await page.getByRole('button', { name: 'Remove 1 Selected' }).click()
    const question = page.getByRole('dialog', { name: `Remove 1 account from “${group.name}”?` })
    await expect(question.getByRole('listitem').first()).toBeVisible()
    await expectSoundAtEachWidth(page, 'Remove Accounts')
    await question.getByRole('button', { name: 'Remove Account' }).click()
    await expect(page.getByText('No account is in this group yet.')).toBeVisible()
    expect(await db.accountGroupAccount.count({ where: { groupId: group.id } })).toBe(0)
  })
  expect(admin.browserConsole.unexpected()).toEqual([])
  await theirs.context.close()
  await admin.context.close()
})
