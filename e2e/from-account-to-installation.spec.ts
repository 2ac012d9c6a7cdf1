import { expect } from '@playwright/test'
import { openBrowserOf, unique } from './fixtures/people.ts'
import { test } from './fixtures/test.ts'

test('from an account to an installation, on screen: account, group, shared pack, invited operator', async ({
  page,
  scene,
  browser,
  baseURL,
  browserConsole,
}) => {
  // Whoever opens an invitation is not signed in yet.
  browserConsole.expect(/401/)
  const component = await scene.addComponent()
  const pack = await scene.addPack({ components: [component] })
  await scene.release(pack.id, [{ component, version: component.packages[0]?.version ?? '' }])
  const person = await scene.addPerson({ role: 'administrator', firstName: 'Ada', lastName: 'Winter' })
  const office = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person })
  const desk = office.page

  const accountName = `Heron Freight ${unique()}`
  await desk.goto('/settings/account/accounts')
  await desk.getByRole('button', { name: 'Create Account' }).first().click()
  const create = desk.getByRole('dialog', { name: 'Create Account' })
  await create.getByRole('textbox', { name: 'Account Name' }).fill(accountName)
  await create.getByRole('button', { name: 'Create Account' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: accountName })).toBeVisible()

  await desk.getByRole('link', { name: 'Account Groups' }).click()
  await desk.getByRole('button', { name: 'Add Account Group' }).click()
  const group = desk.getByRole('dialog', { name: 'Add Account Group' })
  await group.getByRole('textbox', { name: 'Group Name' }).fill('Freight')
  await group.getByRole('button', { name: 'OK' }).click()
  await desk.getByRole('button', { name: 'Add Accounts' }).click()
  const choose = desk.getByRole('dialog', { name: 'Choose Account' })
  await choose.getByRole('checkbox', { name: accountName }).check()
  await choose.getByRole('button', { name: 'Add 1 Selected Account' }).click()
  await expect(desk.getByRole('rowheader', { name: accountName })).toBeVisible()
  await desk.getByRole('link', { name: 'Resources' }).click()
  await desk.getByRole('button', { name: 'Add Integration Packs' }).click()
  const share = desk.getByRole('dialog', { name: 'Add Integration Packs' })
  await share.getByRole('checkbox', { name: pack.name }).check()
  await share.getByRole('button', { name: 'Add 1 Selected Pack' }).click()
  await expect(desk.getByRole('rowheader', { name: pack.name })).toBeVisible()

  // To invite its first user, she works in the new account through the group.
  await desk.getByRole('link', { name: 'Access Control' }).click()
  await desk.getByRole('button', { name: 'Add User' }).click()
  const roles = desk.getByRole('dialog', { name: 'Add/Maintain User Roles' })
  await roles.getByRole('combobox', { name: 'User' }).fill('ada')
  await roles.getByRole('option', { name: /Ada Winter/ }).click()
  await roles.getByRole('checkbox', { name: 'Administrator' }).check()
  await roles.getByRole('button', { name: 'OK' }).click()
  await expect(desk.getByRole('table', { name: 'Users in Group' })).toContainText('Ada Winter')
  await desk.goto('/choose-account')
  await desk.getByRole('button', { name: accountName }).click()
  await expect(desk.getByRole('banner')).toContainText('Heron')

  await desk.goto('/settings/account/users')
  await desk.getByRole('button', { name: 'Invite User' }).click()
  const invite = desk.getByRole('dialog', { name: 'Invite User' })
  await invite.getByLabel('E-mail').fill(`operator.${unique()}@example.test`)
  await invite.getByRole('checkbox', { name: 'Production Support', exact: true }).check()
  await invite.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await invite.locator('code').innerText()
  await office.context.close()

  const operator = await browser.newContext({ ...(baseURL !== undefined && { baseURL }) })
  const screen = await operator.newPage()
  await screen.goto(link)
  await screen.getByLabel('First name').fill('Olga')
  await screen.getByLabel('Last name').fill('Brandt')
  await screen.getByLabel('Password').fill('a quite long pass phrase')
  await screen.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(screen).not.toHaveURL(/accept-invitation/)
  await screen.goto('/installations')
  await screen.getByRole('button', { name: 'Browse Integration Packs' }).click()
  const browse = screen.getByRole('dialog', { name: 'Browse Integration Packs' })
  await browse.getByRole('button', { name: `View ${pack.name}` }).click()
  await browse.getByRole('button', { name: 'Install' }).click()
  await expect(browse.getByRole('heading', { name: 'Installed' })).toBeVisible()
  await operator.close()

  // The release manager sees it on the pack's page.
  await page.goto(`/integration-packs/${pack.id}`)
  await expect(page.getByText('1 installation in 1 account')).toBeVisible()
  await expect(page.getByText('Freight', { exact: true })).toBeVisible()
})
