import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { codeOf } from './fixtures/authenticator.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createAccount, createPerson, openBrowserOf, signInByCookie } from './fixtures/people.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

test('an administrator requires two-step sign-in; whoever has none is led to turning it on, and back to where they were', async ({
  page,
  context,
  db,
  browser,
  baseURL,
}) => {
  const accountId = await createAccount(db)
  const [elsewhere, name] = [await createAccount(db), `Account ${accountId}`]
  const admin = await createPerson(db, { accountId, role: 'administrator' })
  const colleague = await createPerson(db, { accountId, alsoIn: [elsewhere], firstName: 'Ute' })
  await signInByCookie(context, admin)
  const theirs = await openBrowserOf(browser, { baseURL, timezoneId: 'Asia/Kathmandu', person: colleague })
  await theirs.api.call('chooseAccount', { body: { accountId } })
  await theirs.page.setViewportSize({ width: 320, height: 720 })
  await theirs.page.goto('/packaged-components?sharing=allowed')
  await expect(theirs.page.getByRole('heading', { level: 1, name: 'Packaged Components' })).toBeVisible()

  const section = page.getByRole('region', { name: 'Two-step sign-in' })
  await page.goto('/settings/account')
  await expect(section).toContainText('2 of 2 who work here sign in with a password and have none.')
  await expect(section).toContainText(
    'turn it on for yourself in User Information: else you would shut yourself out',
  )
  await expect(section.getByRole('button')).toHaveCount(0)
  await db.twoStepSignIn.create({ data: { userId: admin.userId, key: 'of their app', onSince: new Date() } })
  await page.reload()
  const keys = keyboard(page)
  await keys.use(section.getByRole('button', { name: 'Require Two-step Sign-in' }))
  const question = page.getByRole('dialog', { name: 'Require two-step sign-in?' })
  await expect(question).toContainText('1 of 2 who work here have none.')
  await expectAccessible(page, 'asked whether to require it')
  await keys.use(question.getByRole('button', { name: 'Require It' }))
  await expect(section.getByRole('button', { name: 'Stop Requiring It' })).toBeVisible()
  await expect(page.getByText('Required of everybody who works here')).toBeVisible()

  await theirs.page.reload()
  const heading = theirs.page.getByRole('heading', { level: 1, name: 'Turn on two-step sign-in' })
  await expect(heading).toBeVisible()
  await expect(theirs.page.getByText(`The account ${name} requires it`)).toBeVisible()
  await expectAccessible(theirs.page, 'led to turning it on')
  await expectNoSidewaysScroll(theirs.page, 'led to turning it on')
  const theirKeys = keyboard(theirs.page)
  await theirKeys.use(theirs.page.getByRole('link', { name: 'Work in another account' }))
  await theirKeys.use(theirs.page.getByRole('button', { name: `Work here: Account ${elsewhere}` }))
  await expect(theirs.page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeVisible()

  // Back in the account, wherever they want to go.
  await theirs.api.call('chooseAccount', { body: { accountId } })
  await theirs.page.goto('/packaged-components?sharing=allowed')
  await theirKeys.use(theirs.page.getByRole('button', { name: 'Turn on' }))
  const dialog = theirs.page.getByRole('dialog', { name: 'Turn on two-step sign-in' })
  await expect(dialog.getByLabel('Password', { exact: true })).toBeFocused()
  await theirKeys.type(colleague.password)
  await theirKeys.press('Enter')
  const key = (await dialog.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText()).replaceAll(' ', '')
  await theirKeys.tabTo(dialog.getByRole('textbox', { name: 'Code' }))
  await theirKeys.type(codeOf(key))
  await theirKeys.press('Enter')
  await expect(dialog.getByRole('heading', { name: 'Your recovery codes' })).toBeFocused()
  await theirKeys.use(dialog.getByRole('button', { name: 'I have kept them' }))
  await expect(theirs.page.getByRole('heading', { level: 1, name: 'Packaged Components' })).toBeVisible()
  await expect(theirs.page).toHaveURL(/\/packaged-components\?sharing=allowed$/)

  await theirs.page.goto('/settings/user')
  const own = theirs.page.getByRole('region', { name: 'Two-step sign-in', exact: true })
  await expect(own).toContainText(`The account ${name} requires it.`)
  await theirKeys.use(own.getByRole('button', { name: 'Turn off' }))
  await expect(
    theirs.page.getByText(`as ${name} does, you can then do nothing until you turn it on again`),
  ).toBeVisible()
  await theirs.context.close()
})
