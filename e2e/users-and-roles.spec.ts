import { expect, type Page } from '@playwright/test'
import { expectAccessible, schemesAt } from './fixtures/accessible.ts'
import { createAccount, createPerson, openBrowserOf, signInByCookie, unique } from './fixtures/people.ts'
import { signIn } from './fixtures/sign-in.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

const users = '/settings/account/users'
const roles = '/settings/account/roles'
const newAddress = () => `invited.${unique()}@example.test`
const password = 'a quite long pass phrase'

/** Invites on the screen and says the link, which is shown once. */
async function inviteOnScreen(page: Page, email: string, role: string) {
  await page.goto(users)
  await page.getByRole('button', { name: 'Invite User' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite User' })
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByRole('checkbox', { name: role, exact: true }).check()
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(dialog.getByText('Shown once.')).toBeVisible()
  const link = await dialog.locator('code').innerText()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.getByRole('table', { name: 'Invitations' })).toContainText(email)
  return link
}

async function openUser(page: Page, name: string) {
  await page.getByRole('table', { name: 'Users' }).getByRole('button', { name, exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'User' })
  await expect(panel.getByText('Last Sign-in')).toBeVisible()
  return panel
}

test('somebody is invited, accepts, gets another role and is removed while they work', async ({
  page,
  browser,
  baseURL,
  db,
  browserConsole,
}) => {
  browserConsole.expect(/status of (401|403|422)/)
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator', firstName: 'Adam' })
  const office = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: admin })
  const email = newAddress()
  const link = await inviteOnScreen(office.page, email, 'Support')

  // In another browser, by somebody who has never been here.
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Work in Account ${accountId}`)
  await expect(page.getByText('with the role Support')).toBeVisible()
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter your name')
  await page.getByLabel('First name').fill('Ines')
  await page.getByLabel('Last name').fill('Vogel')
  await page.getByLabel('Password').fill('password1')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(page.getByRole('alert')).toContainText('among those that are tried first')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(page).not.toHaveURL(/accept-invitation/)

  // The role they came with lets them see no components; the one they get does.
  await page.goto('/components')
  await expect(page.getByText('needs the privilege Packaged Component Management')).toBeVisible()
  await office.page.reload()
  await expect(office.page.getByRole('table', { name: 'Invitations' })).toHaveCount(0)
  const panel = await openUser(office.page, 'Ines Vogel')
  await panel.getByRole('button', { name: 'Change Roles' }).click()
  const dialog = office.page.getByRole('dialog', { name: 'Roles of Ines Vogel' })
  await dialog.getByRole('checkbox', { name: 'Standard User', exact: true }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('link', { name: 'Standard User' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Create Component' })).toBeVisible()

  await panel.getByRole('button', { name: 'Remove User' }).click()
  const question = office.page.getByRole('dialog', { name: 'Remove Ines Vogel from this account?' })
  await question.getByRole('button', { name: 'Remove User' }).click()
  await expect(office.page.getByText('Ines Vogel was removed from the account.').first()).toBeVisible()
  await expect(office.page.getByRole('table', { name: 'Users' })).not.toContainText(email)

  // In the middle of their work they are told, and find no account when they come again.
  await page.getByRole('link', { name: 'Packaged Components' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await signIn(page, { email, password })
  await expect(page.getByText('Your user belongs to no account yet')).toBeVisible()
  await office.context.close()
})

test('who has a user already signs in to accept, and works in both accounts', async ({
  page,
  browser,
  baseURL,
  db,
  browserConsole,
}) => {
  browserConsole.expect(/status of (401|409|410)/)
  const [first, second] = [await createAccount(db), await createAccount(db, { name: 'Second home' })]
  const person = await createPerson(db, { accountId: first })
  const admin = await createPerson(db, { accountId: second, role: 'administrator' })
  const office = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: admin })
  const link = await inviteOnScreen(office.page, person.email, 'Standard User')
  await office.context.close()

  await page.goto(link)
  await page.getByLabel('First name').fill('Somebody')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  // The page turns to signing in by itself.
  await expect(page.getByRole('button', { name: 'Sign in and accept' })).toBeVisible()
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in and accept' }).click()
  await expect(page.getByRole('banner')).toContainText('Second home')

  await page.goto(link)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('has been accepted already')
})

test('an administrator hands over a link for a new password', async ({
  page,
  browser,
  baseURL,
  db,
  browserConsole,
}) => {
  browserConsole.expect(/status of (401|410)/)
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator', firstName: 'Adam' })
  const person = await createPerson(db, { accountId, firstName: 'Forgetful' })
  const office = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: admin })
  await office.page.goto(users)
  const panel = await openUser(office.page, person.name)
  await panel.getByRole('button', { name: 'Send Password Link' }).click()
  await office.page.getByRole('button', { name: 'Send Link' }).click()
  const shown = office.page.getByRole('dialog', { name: 'Link for a new password' })
  const link = await shown.locator('code').innerText()
  await office.context.close()

  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page).toHaveURL(/forgot-password$/)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByRole('heading', { name: 'Ask an administrator' })).toBeVisible()

  await page.goto(link)
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('New password again').fill('another')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByRole('alert')).toContainText('are not the same')
  await page.getByLabel('New password again').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByRole('heading', { name: 'Your new password is set' })).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, { email: person.email, password })
  await expect(page).not.toHaveURL(/sign-in/)

  await page.goto(link)
  await page.reload()
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('New password again').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByRole('heading', { name: 'This link cannot be used' })).toBeVisible()
})

test('a role is made by keyboard alone, inherits, is given, and stays while it is held', async ({
  page,
  context,
  db,
  browserConsole,
}) => {
  browserConsole.expect(/status of 409/)
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator', firstName: 'Adam' })
  await signInByCookie(context, admin)
  await page.goto(roles)
  await page.getByRole('button', { name: 'Add Role' }).focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'Add Role' })
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Night desk')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Watches runs at night')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Support')
  await page.keyboard.press('Tab')
  await expect(form.getByRole('checkbox', { name: 'Integration Pack', exact: true })).toBeFocused()
  await page.keyboard.press('Space')
  const given = form.getByRole('checkbox', { name: 'Execute', exact: true })
  await expect(given).toBeChecked()
  await expect(given).toBeDisabled()
  await form.getByRole('button', { name: 'Add Role' }).focus()
  await page.keyboard.press('Enter')

  const panel = page.getByRole('dialog', { name: 'Role', exact: true })
  await expect(panel.getByText('run processes · given by Support')).toBeVisible()
  await expect(panel.getByText('Nobody has this role')).toBeVisible()
  const { id: roleId } = await db.role.findFirstOrThrow({ where: { accountId, name: 'Night desk' } })
  await db.membership.create({ data: { accountId, userId: admin.userId, roleId } })
  await panel.getByRole('button', { name: 'Delete Role' }).click()
  const question = page.getByRole('dialog', { name: 'Delete the role Night desk?' })
  await question.getByRole('button', { name: 'Delete Role' }).click()
  await expect(question.getByRole('alert')).toContainText(`This role is held by ${admin.name}`)
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(panel).toBeVisible()

  await db.membership.deleteMany({ where: { roleId } })
  await panel.getByRole('button', { name: 'Delete Role' }).click()
  await question.getByRole('button', { name: 'Delete Role' }).click()
  await expect(page.getByRole('table', { name: 'Roles' })).not.toContainText('Night desk')
})

test('every screen is accessible in both schemes, and at 320 pixels', async ({
  page,
  context,
  db,
  browserConsole,
}) => {
  test.setTimeout(120_000)
  browserConsole.expect(/status of (401|404|422)/)
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator', firstName: 'Adam' })
  const colleague = await createPerson(db, { accountId, role: 'support', firstName: 'Sol' })
  await signInByCookie(context, admin)
  const link = await inviteOnScreen(page, newAddress(), 'Support')
  const look = async (what: string, width: number) => {
    const state = `${what} at ${width}`
    await expectAccessible(page, state, schemesAt(width))
    await expectNoSidewaysScroll(page, state)
  }
  const lookAtDialog = async (button: string, dialog: string, width: number) => {
    await page.getByRole('button', { name: button, exact: true }).last().click()
    await expect(page.getByRole('dialog', { name: dialog, exact: true })).toBeVisible()
    await look(button, width)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: dialog, exact: true })).toBeHidden()
  }

  const screens: [string, string, () => Promise<unknown>][] = [
    ['users', users, () => page.getByRole('table', { name: 'Invitations' }).waitFor()],
    ['roles', roles, () => page.getByRole('table', { name: 'Roles' }).waitFor()],
    ['an invitation for somebody else', link, () => page.getByRole('button', { name: 'Sign out' }).waitFor()],
    ['a dead link', '/accept-invitation#token=none', () => page.getByRole('alert').waitFor()],
    ['forgot password', '/forgot-password', () => page.getByLabel('E-mail').waitFor()],
    ['new password', '/reset-password#token=some', () => page.getByLabel('New password again').waitFor()],
  ]
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    for (const [state, address, isThere] of screens) {
      await page.goto('about:blank')
      await page.goto(address)
      await isThere()
      await look(state, width)
    }
    await page.goto(users)
    await lookAtDialog('Invite User', 'Invite User', width)
    await openUser(page, colleague.name)
    await look('a user', width)
    await lookAtDialog('Change Roles', `Roles of ${colleague.name}`, width)
    await lookAtDialog('Remove User', `Remove ${colleague.name} from this account?`, width)
    await page.goto(roles)
    await lookAtDialog('Add Role', 'Add Role', width)
    await page
      .getByRole('table', { name: 'Roles' })
      .getByRole('button', { name: 'Support', exact: true })
      .click()
    await expect(page.getByRole('heading', { name: 'In use' })).toBeVisible()
    await look('a role', width)
  }
})

test('who may not manage users is told so', async ({ page, context, db }) => {
  const person = await createPerson(db, { accountId: await createAccount(db) })
  await signInByCookie(context, person)
  await page.goto(users)
  await expect(page.getByText('needs the privilege User Management')).toBeVisible()
  await page.goto(roles)
  await expect(page.getByText(/Seeing roles needs the privilege/)).toBeVisible()
})
