import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { test } from './fixtures/managed-account.ts'
import { openBrowserOf } from './fixtures/people.ts'

test('the owner of an Atom Cloud finds the accounts it serves by name', async ({
  scene,
  managed,
  browser,
  baseURL,
}) => {
  const person = await scene.addPerson({ role: 'administrator' })
  const { page, context } = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person })
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')

  await test.step('only an Atom Cloud serves others', async () => {
    await page.goto('/atom-management')
    await main.getByRole('button', { name: 'Add Atom' }).click()
    await dialog.getByLabel('Name').fill('shared-cloud')
    await dialog.getByRole('radio', { name: 'Atom Cloud' }).check()
    await dialog.getByRole('button', { name: 'Add Atom' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(main).toContainText('It serves this account only.')
  })

  const field = dialog.getByRole('combobox', { name: 'Add an account' })
  await test.step('an account is found and added by keyboard alone', async () => {
    await main.getByRole('button', { name: 'Choose accounts' }).click()
    await field.fill('no such account')
    await expect(dialog).toContainText('No managed account has “no such account” in its name or id.')
    // Nothing to choose: the form is not sent.
    await field.press('Enter')
    await field.fill(managed.accountName.slice(2))
    await expect(dialog.getByRole('option')).toHaveText([`${managed.accountName} · ${managed.accountId}`])
    await field.press('Enter')
    await expect(dialog.getByRole('listitem')).toContainText(managed.accountName)
    await expectAccessible(page, 'accounts chosen')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(main.getByRole('list', { name: 'Accounts served by shared-cloud' })).toContainText(
      managed.accountName,
    )
  })

  await test.step('it can be attached there, and who takes it off is told what that undoes', async () => {
    await managed.page.goto('/atom-management')
    await expect(
      managed.page.getByRole('navigation', { name: 'Environments and Atoms' }).getByRole('link', {
        name: 'shared-cloud',
      }),
    ).toBeVisible()

    await main.getByRole('button', { name: 'Choose accounts' }).click()
    await dialog.getByRole('button', { name: `Take off ${managed.accountName}` }).click()
    await expect(field).toBeFocused()
    await expect(dialog).toContainText(`Saving takes ${managed.accountName} off`)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(main).toContainText('It serves this account only.')
  })
  await context.close()
})
