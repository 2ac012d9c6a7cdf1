import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createAccount, createPerson, signInByCookie } from './fixtures/people.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

const section = (page: Page) => page.getByRole('region', { name: 'API tokens', exact: true })
const tokens = (page: Page) => section(page).getByRole('table', { name: 'API tokens' })

test('a token is made, copied once, used by a script, seen in the log and revoked', async ({
  page,
  context,
  db,
  baseURL,
  browserConsole,
  playwright,
}) => {
  const accountId = await createAccount(db)
  await signInByCookie(context, await createPerson(db, { accountId, role: 'administrator' }))
  await page.goto('/settings/user')
  await expect(section(page)).toContainText('You have no API tokens.')

  await section(page).getByRole('button', { name: 'New API token' }).click()
  const dialog = page.getByRole('dialog', { name: 'New API token' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly release')
  await dialog.getByLabel('Expires').selectOption({ label: 'After 30 days' })
  await dialog.getByRole('radio', { name: 'Only these privileges' }).check()
  browserConsole.expect(/422/)
  await dialog.getByRole('button', { name: 'Make token' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Choose at least one privilege for the token')
  await expectAccessible(page, 'the dialog of a new token that was refused')
  await dialog.getByRole('checkbox', { name: /^Packaged Component Management/ }).check()
  await dialog.getByRole('button', { name: 'Make token' }).click()

  const shown = page.getByRole('dialog', { name: 'API token Nightly release' })
  await expect(shown).toContainText('Shown once.')
  await expectAccessible(page, 'a token that is shown')
  const token = await shown.getByText(/^packline_[\w-]{43}$/).innerText()
  await expect(shown.getByText(/^curl /)).toContainText(`Bearer ${token}`)
  await shown.getByRole('button', { name: 'I have copied it' }).click()
  const row = tokens(page).getByRole('row', { name: /Nightly release/ })
  await expect(row).toContainText('Packaged Component Management')
  await expect(row).toContainText('Never')
  expect(await page.content()).not.toContain(token)

  const script = await playwright.request.newContext({
    ...(baseURL !== undefined && { baseURL }),
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  })
  const data = { name: 'Made by a script', type: 'process' }
  expect((await script.post('/api/v1/components', { data })).status()).toBe(201)
  expect((await script.get('/api/v1/integration-packs')).status()).toBe(403)
  await page.goto('/settings/account/audit-log')
  const entry = page.getByRole('row', { name: /Created a component/ })
  await expect(entry).toContainText('with the API token Nightly release')
  await expect(entry).toContainText('Made by a script')

  await page.goto('/settings/user')
  await expect(row).not.toContainText('Never')
  await row.getByRole('button', { name: 'Revoke Nightly release' }).click()
  const confirm = page.getByRole('dialog', { name: 'Revoke Nightly release?' })
  await expectAccessible(page, 'the question before revoking')
  await confirm.getByRole('button', { name: 'Revoke' }).click()
  await expect(section(page)).toContainText('You have no API tokens.')
  expect((await script.get('/api/v1/components')).status()).toBe(401)
  await script.dispose()
})

test('without API Access there is the reason instead of the button', async ({ page, context, db }) => {
  const accountId = await createAccount(db)
  await signInByCookie(context, await createPerson(db, { accountId, role: 'standard-user' }))
  await page.goto('/settings/user')
  await expect(section(page)).toContainText(
    'Making an API token needs the privilege API Access. Ask an administrator of this account.',
  )
  await expect(section(page).getByRole('button')).toHaveCount(0)
})

test('by keyboard alone, on a narrow screen', async ({ page, context, db }) => {
  const accountId = await createAccount(db)
  await signInByCookie(context, await createPerson(db, { accountId, role: 'administrator' }))
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/settings/user')
  const keys = keyboard(page)
  await keys.use(section(page).getByRole('button', { name: 'New API token' }))
  const dialog = page.getByRole('dialog', { name: 'New API token' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await keys.type('By keyboard')
  await keys.press('Enter')
  const shown = page.getByRole('dialog', { name: 'API token By keyboard' })
  await expect(shown).toBeVisible()
  await expectNoSidewaysScroll(page, 'a token that is shown')
  await keys.use(shown.getByRole('button', { name: 'I have copied it' }))
  await expect(tokens(page)).toContainText('Whatever you may do')
  await keys.use(section(page).getByRole('button', { name: 'Revoke By keyboard' }))
  await keys.use(
    page.getByRole('dialog', { name: 'Revoke By keyboard?' }).getByRole('button', { name: 'Revoke' }),
  )
  await expect(section(page)).toContainText('You have no API tokens.')
  await expectNoSidewaysScroll(page, 'User Information')
})
