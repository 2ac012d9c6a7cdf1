import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { createAccount, createPerson, openBrowserOf } from './fixtures/people.ts'
import { signIn } from './fixtures/sign-in.ts'
import { test } from './fixtures/test.ts'

const refusal = /The e-mail address or the password is not right/

test('wrong password, unknown address and locked user get the same words', async ({
  page,
  db,
  browserConsole,
}) => {
  browserConsole.expect(/status of 401/)
  const person = await createPerson(db, { accountId: await createAccount(db) })
  await page.goto('/')
  await expect(page).toHaveTitle('Sign in · Packline')
  await expectAccessible(page, 'sign-in')

  const refuse = async (email: string, password: string) => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST')
    await signIn(page, { email, password })
    expect((await answer).status()).toBe(401)
    // The words are the same each time: it is the focus, on the button until then, that tells that they are new.
    const problem = page.getByRole('alert')
    await expect(problem).toBeFocused()
    await expect(problem).toContainText(refusal)
    return problem.textContent()
  }
  const words = await refuse('nobody@example.test', person.password)
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    expect(await refuse(person.email, `wrong ${attempt}`)).toBe(words)
  }
  await expectAccessible(page, 'sign-in refused')

  // Locked: not even the right password opens it, and the words do not tell.
  expect(await refuse(person.email, person.password)).toBe(words)
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()

  const { lockedUntil } = await db.user.findUniqueOrThrow({ where: { id: person.userId } })
  expect(lockedUntil).not.toBeNull()
})

test('whoever asked for a page gets there after signing in', async ({ page, db, browserConsole }) => {
  browserConsole.expect(/status of 401/)
  const person = await createPerson(db, { accountId: await createAccount(db) })
  await page.goto('/packaged-components?sharing=allowed')
  await expect(page.getByText('Sign in to go on where you were')).toBeVisible()
  await signIn(page, person)
  await expect(page.getByRole('heading', { level: 1, name: 'Packaged Components' })).toBeVisible()
  await expect(page).toHaveURL(/\/packaged-components\?sharing=allowed$/)
})

test.describe('at the first sign-in', () => {
  test.use({ timezoneId: 'Asia/Kathmandu' })

  test('the zone of the browser is proposed and saved with one click', async ({ page, db }) => {
    const person = await createPerson(db, { accountId: await createAccount(db), timeZone: null })
    await page.goto('/')
    await signIn(page, person)
    const proposal = page.getByRole('region', { name: 'Time zone' })
    await expect(proposal).toContainText('You have no time zone yet')
    await expectAccessible(page, 'a time zone is proposed')
    await proposal.getByRole('button', { name: 'Use Asia/Kathmandu' }).click()
    await expect(proposal).toBeHidden()

    await page.goto('/settings/user')
    await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue(/Asia\/Kathmandu.*\+05:45/)
    const { timeZone } = await db.user.findUniqueOrThrow({ where: { id: person.userId } })
    expect(timeZone).toBe('Asia/Kathmandu')
  })
})

test('another zone is found by its old name or its offset and is saved in User Information', async ({
  page,
  scene,
}) => {
  await page.goto('/settings/user')
  await page.getByRole('textbox', { name: 'First name' }).fill('Renáta')
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  await zone.fill('Katmandu')
  await page.getByRole('option', { name: /Asia\/Kathmandu/ }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible()

  await zone.fill('+12:45')
  await expect(page.getByRole('option', { name: /Pacific\/Chatham/ })).toHaveCount(0)
  await zone.fill('+13:45')
  await page.getByRole('option', { name: /Pacific\/Chatham/ }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(() => scene.db.user.findUniqueOrThrow({ where: { id: scene.manager.userId } }))
    .toMatchObject({ timeZone: 'Pacific/Chatham', firstName: 'Renáta' })
  await expect(page.getByRole('button', { name: 'User menu of Renáta Marek' })).toBeVisible()
})

test('changing the password ends the session of the other browser', async ({
  page,
  browser,
  baseURL,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 4(01|22)/)
  const person = scene.manager
  const other = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person })
  await other.page.goto('/settings/user')
  await expect(other.page.getByRole('heading', { level: 1, name: 'User Information' })).toBeVisible()

  await page.goto('/settings/user')
  await expect(page.getByRole('table', { name: 'Where you are signed in' }).getByRole('row')).toHaveCount(3)
  const change = async (current: string, next: string, again = next) => {
    await page.getByLabel('Current password', { exact: true }).fill(current)
    await page.getByLabel('New password', { exact: true }).fill(next)
    await page.getByLabel('New password again', { exact: true }).fill(again)
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  const problems = page.getByRole('alert')
  await change(person.password, 'short')
  await expect(problems).toContainText('at least 8 characters')
  await change(person.password, 'a mild winter', 'a cold winter')
  await expect(problems).toContainText('are not the same')
  await change('not the password', 'a mild winter')
  await expect(problems).toContainText('The current password is not right.')
  await change(person.password, 'password2026')
  await expect(problems).toContainText('among those that are tried first')
  await change(person.password, 'a mild winter')
  await expect(page.getByText('Changed. All other sessions have ended.', { exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Where you are signed in' }).getByRole('row')).toHaveCount(2)

  await other.page.reload()
  await expect(other.page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await signIn(other.page, { email: person.email, password: 'a mild winter' })
  await expect(other.page.getByRole('heading', { level: 1, name: 'User Information' })).toBeVisible()
  await other.context.close()
})

test('a session elsewhere is seen and ended', async ({ page, browser, baseURL, scene }) => {
  const other = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: scene.manager })
  await page.goto('/settings/user')
  const sessions = page.getByRole('table', { name: 'Where you are signed in' })
  await expect(sessions.getByText('This session')).toBeVisible()
  await sessions.getByRole('button', { name: /^Sign out/ }).click()
  await expect(sessions.getByRole('row')).toHaveCount(2)
  expect((await other.api.ask('getSession')).status()).toBe(401)
  await other.context.close()
})

test('somebody with several accounts chooses one and switches in the header', async ({ page, db }) => {
  const first = await createAccount(db, { name: 'Ahorn Integrations' })
  const second = await createAccount(db, { name: 'Birke Integrations' })
  const person = await createPerson(db, { accountId: first, alsoIn: [second] })
  await page.goto('/')
  await signIn(page, person)

  await expect(page.getByRole('heading', { level: 1, name: 'Choose an account' })).toBeFocused()
  await expectAccessible(page, 'choose an account')
  await page.getByRole('button', { name: 'Work here: Birke Integrations' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeVisible()

  await page.getByRole('button', { name: 'Account Birke Integrations, switch account' }).click()
  await expectAccessible(page, 'account menu open')
  await page.getByRole('button', { name: /^Ahorn Integrations/ }).click()
  await expect(page.getByRole('button', { name: 'Account Ahorn Integrations, switch account' })).toBeVisible()
})

test('signing out ends the session and forgets where one was', async ({ page, scene }) => {
  await page.goto('/components')
  await page.getByRole('button', { name: `User menu of ${scene.manager.name}` }).click()
  await expectAccessible(page, 'user menu open')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await expect(page).toHaveURL(/\/sign-in$/)
  expect((await scene.api.ask('getSession')).status()).toBe(401)
})
