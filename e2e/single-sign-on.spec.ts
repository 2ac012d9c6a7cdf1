import type { SentInvitation } from '@packline/contract/invitations.ts'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { createAccount, createPerson, openBrowserOf, unique } from './fixtures/people.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

/** By the button to the provider, which is another site, and back as this person. */
async function signOn(page: Page, email: string) {
  await page.getByRole('link', { name: 'Sign in with Example' }).click()
  await expect(page).toHaveURL(/^http:\/\/localhost:/)
  await page.getByLabel('Address').fill(email)
  await page.getByRole('button', { name: 'Go on' }).click()
}

test.beforeEach(({ browserConsole }) => browserConsole.expect(/^left the origin: http:\/\/localhost:/))

test('signs in by the button and lands where one wanted to go', async ({ page, context, db }) => {
  const person = await createPerson(db, { accountId: await createAccount(db) })
  const cookies = async () =>
    (await context.cookies()).map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))
  await page.goto('/packaged-components?sharing=allowed')
  await page.getByRole('link', { name: 'Sign in with Example' }).click()
  await expect(page.getByLabel('Address')).toBeVisible()
  // It has to come back from another site; the session's cookie never travels from one.
  expect(await cookies()).toContainEqual({ name: 'packline-sign-on', httpOnly: true, sameSite: 'Lax' })
  await page.getByLabel('Address').fill(person.email)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Packaged Components' })).toBeVisible()
  await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/packaged-components\?sharing=allowed$/)
  const held = await cookies()
  expect(held).toContainEqual({ name: 'packline', httpOnly: true, sameSite: 'Strict' })
  expect(held.map(({ name }) => name)).not.toContain('packline-sign-on')
})

test('whoever is invited accepts without a password, with the address that was invited', async ({
  page,
  browser,
  baseURL,
  db,
}) => {
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator' })
  const office = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: admin })
  const email = `invited.${unique()}@example.test`
  const { id } = await db.role.findFirstOrThrow({ where: { defaultRole: 'support' } })
  const sent = await office.api.call<SentInvitation>('inviteUser', { body: { email, roleIds: [id] } })
  await office.context.close()
  await page.setViewportSize({ width: 320, height: 720 })
  await page.goto(sent.link ?? '')
  const password = page.getByLabel('Password')
  await expect(password).toBeVisible()

  await signOn(page, `somebody.${unique()}@example.test`)
  await expect(page.getByRole('alert')).toContainText(`and the invitation is for ${email}`)
  await expect(password).toBeVisible()
  await expectAccessible(page, 'vouched for somebody else')
  await expectNoSidewaysScroll(page, 'vouched for somebody else')

  await signOn(page, email)
  await expect(page.getByText(`Your organisation’s sign-in knows you as ${email}.`)).toBeVisible()
  await expect(password).toHaveCount(0)
  await expect(page.getByLabel('First name')).toHaveValue('Grace')
  await expectAccessible(page, 'vouched for')
  await expectNoSidewaysScroll(page, 'vouched for')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(page).not.toHaveURL(/accept-invitation/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await db.user.findFirst({ where: { email } })).toMatchObject({
    firstName: 'Grace',
    lastName: 'Hopper',
    passwordHash: null,
  })
})
