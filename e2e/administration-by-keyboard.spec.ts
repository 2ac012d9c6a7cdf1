import { expect } from '@playwright/test'
import { comeBackUntilShown } from './fixtures/come-back.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createAccount, createPerson, signInByCookie, unique } from './fixtures/people.ts'
import { test } from './fixtures/test.ts'

test('an account is created, renamed and suspended without a mouse', async ({ page, context, db }) => {
  const accountId = await createAccount(db)
  await signInByCookie(context, await createPerson(db, { accountId, role: 'administrator' }))
  const keys = keyboard(page)
  await page.goto('/settings/account/accounts')
  await keys.use(page.getByRole('button', { name: 'Create Account' }).first())
  const create = page.getByRole('dialog', { name: 'Create Account' })
  await expect(create.getByRole('textbox', { name: 'Account Name' })).toBeFocused()
  await keys.type('Heron Freight')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Heron Freight' })).toBeFocused()

  const editing = page.getByRole('button', { name: 'Edit Account' })
  await keys.use(editing)
  const edit = page.getByRole('dialog', { name: 'Edit Account' })
  await expect(edit.getByRole('textbox', { name: 'Account Name' })).toBeFocused()
  await keys.press('End')
  await keys.type(' Lines')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Heron Freight Lines' })).toBeVisible()
  await expect(editing).toBeFocused()

  await keys.use(page.getByRole('button', { name: 'Suspend Account' }))
  const question = page.getByRole('dialog', { name: 'Suspend Heron Freight Lines?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await keys.tabTo(question.getByRole('button', { name: 'Suspend Account' }), { backwards: true })
  await keys.press('Enter')
  await expect(page.getByRole('main')).toContainText('Nobody can work here')
  await expect(page.getByRole('button', { name: 'Reactivate Account' })).toBeFocused()
})

test('the own account is renamed, and what was typed is kept when somebody else is faster', async ({
  page,
  context,
  db,
  browserConsole,
}) => {
  const accountId = await createAccount(db)
  await signInByCookie(context, await createPerson(db, { accountId, role: 'administrator' }))
  const keys = keyboard(page)
  const name = page.getByRole('textbox', { name: 'Account Name' })
  const save = page.getByRole('button', { name: 'Save' })
  const saved = page.getByRole('status').filter({ hasText: 'Account saved' })
  await page.goto('/settings/account')
  await keys.tabTo(name)
  await keys.press('End')
  await keys.type(' One')
  await keys.use(save)
  await expect(saved).toBeAttached()
  await expect(save).toBeFocused()

  await keys.tabTo(name, { backwards: true })
  await keys.press('End')
  await keys.type(' Two')
  await db.account.update({ where: { id: accountId }, data: { name: 'Renamed', version: { increment: 1 } } })
  await comeBackUntilShown(page, page.getByRole('definition').filter({ hasText: /^Renamed$/ }))
  await expect(name).toHaveValue(/ One Two$/)
  browserConsole.expect(/412/)
  await keys.press('Enter')
  await keys.use(page.getByRole('button', { name: 'Save mine anyway' }))
  await expect(name).toBeFocused()
  await expect
    .poll(async () => (await db.account.findUniqueOrThrow({ where: { id: accountId } })).name)
    .toMatch(/ One Two$/)
})

test('somebody is invited, and a user removed, without a mouse', async ({ page, context, db }) => {
  const accountId = await createAccount(db)
  const admin = await createPerson(db, { accountId, role: 'administrator', firstName: 'Adam' })
  const leaving = await createPerson(db, { accountId, role: 'support', firstName: 'Sol' })
  await signInByCookie(context, admin)
  const keys = keyboard(page)
  await page.goto('/settings/account/users')
  const inviting = page.getByRole('button', { name: 'Invite User' })
  await keys.use(inviting)
  const invite = page.getByRole('dialog', { name: 'Invite User' })
  await expect(invite.getByLabel('E-mail')).toBeFocused()
  const email = `invited.${unique()}@example.test`
  await keys.type(email)
  await keys.use(invite.getByRole('checkbox', { name: 'Support', exact: true }), 'Space')
  await keys.use(invite.getByRole('button', { name: 'Invite', exact: true }))
  await expect(invite.getByText('Shown once.')).toBeVisible()
  await keys.use(invite.getByRole('button', { name: 'I have copied it' }))
  await expect(invite).toBeHidden()
  await expect(inviting).toBeFocused()
  await expect(page.getByRole('table', { name: 'Invitations' })).toContainText(email)

  const users = page.getByRole('table', { name: 'Users' })
  await keys.use(users.getByRole('button', { name: leaving.name, exact: true }))
  const panel = page.getByRole('dialog', { name: 'User', exact: true })
  await keys.use(panel.getByRole('button', { name: 'Remove User' }))
  const question = page.getByRole('dialog', { name: `Remove ${leaving.name} from this account?` })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await keys.tabTo(question.getByRole('button', { name: 'Remove User' }), { backwards: true })
  await keys.press('Enter')
  await expect(panel).toBeHidden()
  await expect(page.getByText(`${leaving.name} was removed from the account.`).first()).toBeVisible()
  await expect(users).not.toContainText(leaving.email)
  // Where they stood is gone; the focus is on the page all the same.
  await expect(page.locator('body')).not.toBeFocused()
})
