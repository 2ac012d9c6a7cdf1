import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { codeOf } from './fixtures/authenticator.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createAccount, createPerson, type Person, signInByCookie } from './fixtures/people.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

const section = (page: Page) => page.getByRole('region', { name: 'Two-step sign-in', exact: true })
const focused = (page: Page) => page.locator(':focus')

/** Leaves, and shows the password again; the screen then asks for a code. */
async function showPassword(page: Page, { email, password }: Person) {
  await page.context().clearCookies()
  await page.goto('/settings/user')
  const keys = keyboard(page)
  await keys.tabTo(page.getByLabel('E-mail'))
  await keys.type(email)
  await keys.tabTo(page.getByLabel('Password'))
  await keys.type(password)
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Enter your code' })).toBeVisible()
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused()
}

test('turned on, signed in with a code and with a recovery code, turned off: by keyboard, on a narrow screen', async ({
  page,
  context,
  db,
  browserConsole,
}) => {
  browserConsole.expect(/status of (401|422)/)
  const person = await createPerson(db, { accountId: await createAccount(db) })
  await signInByCookie(context, person)
  await page.setViewportSize({ width: 320, height: 720 })
  await page.goto('/settings/user')
  const keys = keyboard(page)

  await keys.use(section(page).getByRole('button', { name: 'Turn on' }))
  const dialog = page.getByRole('dialog', { name: 'Turn on two-step sign-in' })
  await expect(dialog.getByLabel('Password', { exact: true })).toBeFocused()
  await keys.type(person.password)
  await keys.press('Enter')
  await expect(dialog.getByRole('heading', { name: /^Add Packline/ })).toBeFocused()
  await expect(dialog.getByRole('img', { name: /^QR code/ })).toBeVisible()
  await expectAccessible(page, 'the key for the app')
  await expectNoSidewaysScroll(page, 'the key for the app')
  const key = (await dialog.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText()).replaceAll(' ', '')
  await keys.tabTo(dialog.getByRole('textbox', { name: 'Code' }))
  await keys.type('12345')
  await keys.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('The code is not right')
  await dialog.getByRole('textbox', { name: 'Code' }).fill('')
  await keys.tabTo(dialog.getByRole('textbox', { name: 'Code' }))
  const firstCode = codeOf(key)
  await keys.type(firstCode)
  await keys.press('Enter')

  await expect(dialog.getByRole('heading', { name: 'Your recovery codes' })).toBeFocused()
  await expectAccessible(page, 'the recovery codes')
  await expectNoSidewaysScroll(page, 'the recovery codes')
  const codes = await dialog.getByRole('listitem').allInnerTexts()
  const downloading = page.waitForEvent('download')
  await keys.use(dialog.getByRole('button', { name: 'Download recovery codes' }))
  const file = await (await downloading).path()
  expect(await readFile(file, 'utf8')).toBe(`${codes.join('\n')}\n`)
  await keys.use(dialog.getByRole('button', { name: 'I have kept them' }))
  await expect(section(page)).toContainText(/On since .* 10 recovery codes left\./)
  expect(await page.content()).not.toContain(codes[0])

  await showPassword(page, person)
  await expectAccessible(page, 'the second step of signing in')
  await expectNoSidewaysScroll(page, 'the second step of signing in')
  // The one that turned it on was taken; a clock that is half a minute ahead shows the next one.
  await keys.type(firstCode)
  await keys.press('Enter')
  await expect(focused(page)).toContainText('The code is not right, or was used before')
  await keys.tabTo(page.getByLabel('Code', { exact: true }))
  await keys.type(codeOf(key, 1))
  await keys.press('Enter')
  await expect(section(page)).toContainText('On since')

  await showPassword(page, person)
  await keys.use(page.getByRole('button', { name: 'Use a recovery code' }))
  await expect(page.getByLabel('Recovery code', { exact: true })).toBeFocused()
  await keys.type(codes[0] ?? '')
  await keys.press('Enter')
  await expect(section(page)).toContainText('9 recovery codes left.')

  await keys.use(section(page).getByRole('button', { name: 'Turn off' }))
  const question = page.getByRole('dialog', { name: 'Turn off two-step sign-in' })
  await expect(question.getByLabel('Password', { exact: true })).toBeFocused()
  await keys.type(person.password)
  await keys.tabTo(question.getByRole('textbox', { name: 'Code' }))
  await keys.type(codes[1] ?? '')
  await keys.press('Enter')
  await expect(section(page).getByRole('button', { name: 'Turn on' })).toBeVisible()
})
