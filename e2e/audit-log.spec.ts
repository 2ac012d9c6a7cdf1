import { readFile } from 'node:fs/promises'
import type { Database } from '@packline/database/client.ts'
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createAccount, createPerson, signInByCookie } from './fixtures/people.ts'
import { expectNoSidewaysScroll, expectSoundPage } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

const log = '/settings/account/audit-log'
const table = (page: Page) => page.getByRole('table', { name: 'Audit log, newest first' })
const rows = (page: Page) => table(page).locator('tbody').getByRole('row')

/** An administrator who has signed in, created a component, given it another name and created another one. */
async function storyOf(db: Database, context: BrowserContext) {
  const accountId = await createAccount(db)
  const person = await createPerson(db, { accountId, role: 'administrator' })
  const api = await signInByCookie(context, person)
  const created = await api.ask('createComponent', { body: { name: 'Orders', type: 'process' } })
  const { id } = (await created.json()) as { id: string }
  await api.ask('editComponent', { params: { componentId: id }, body: { name: 'Orders to ERP' } })
  await api.ask('createComponent', { body: { name: '=cmd()', type: 'process' } })
  return { accountId, person, componentId: id }
}

test('tells who did what, before and after, leads to the thing, and is exported as it is filtered', async ({
  page,
  context,
  db,
}) => {
  const { person } = await storyOf(db, context)
  await page.goto(log)
  await expect(rows(page)).toHaveCount(4)
  await expect(rows(page).first()).toContainText(person.name)
  await expectSoundPage(page, 'the audit log')
  await expectAccessible(page, 'the audit log')

  await page.getByRole('combobox', { name: 'What' }).click()
  await page.getByRole('combobox', { name: 'What' }).fill('edited a comp')
  await page.getByRole('option', { name: 'Edited a component' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(page).toHaveURL(/action=as\.component\+UPDATE/)

  await rows(page).getByRole('button', { name: 'Edited a component' }).click()
  const panel = page.getByRole('dialog', { name: 'Edited a component' })
  const change = panel.getByRole('row', { name: /^Name/ })
  await expect(change).toContainText('Orders')
  await expect(change).toContainText('Orders to ERP')
  await expect(change).toContainText('Changed')
  await expect(panel).toContainText('as.component UPDATE')
  await expect(panel).toContainText(/Request ID/)
  await expectAccessible(page, 'an entry of the audit log')
  await page.reload()
  await panel.getByRole('button', { name: 'Everything about Orders to ERP' }).click()
  await expect(panel).toBeHidden()
  await expect(rows(page)).toHaveCount(2)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download these entries as CSV' }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  expect(csv.trim().split('\r\n')).toHaveLength(3)
  expect(csv).toContain('edited a component')

  await page.getByRole('button', { name: 'Show the whole log' }).click()
  await expect(rows(page)).toHaveCount(4)
  await rows(page).getByRole('link', { name: 'Orders to ERP' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Orders to ERP' })).toBeVisible()
})

test('is narrowed by name, by text and by date, and says so when nothing is left', async ({
  page,
  context,
  db,
  browserConsole,
}) => {
  const { person } = await storyOf(db, context)
  await page.goto(log)
  await rows(page).first().getByRole('button', { name: person.name }).click()
  await expect(page).toHaveURL(/actor=/)
  await expect(page.getByRole('combobox', { name: 'Who' })).toHaveValue(person.name)
  await page.getByRole('searchbox', { name: 'Search names, IDs and values' }).fill('orders to erp')
  await expect(rows(page)).toHaveCount(2)
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await expect(page.getByText('Nothing in the log is like that.')).toBeVisible()
  await expectAccessible(page, 'an audit log without what is looked for')
  await page.getByRole('main').getByRole('button', { name: 'Show the whole log' }).last().click()
  await expect(rows(page)).toHaveCount(4)

  browserConsole.expect(/422/)
  await page.goto(`${log}?from=2026-13-45`)
  await expect(page.getByText('This is not a date. Write dates as YYYY-MM-DD.')).toBeVisible()
})

test('is paged, and goes back and forth without losing its place', async ({ page, context, db }) => {
  const { accountId } = await storyOf(db, context)
  await db.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId")
    select gen_random_uuid(), ${accountId}, timestamptz '2026-01-01' + n * interval '1 minute', 'SCHEDULER',
      'Release schedule', 'INTERNAL', 'as.ipack UPDATE AUTOMATIC', 'attachment', 'one of ' || n
    from generate_series(1, 70) n`
  await page.goto(log)
  await expect(rows(page)).toHaveCount(50)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows(page)).toHaveCount(24)
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
  await page.goBack()
  await expect(rows(page)).toHaveCount(50)
  await page.goForward()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(rows(page).first()).toContainText('Created a component')
})

test('is read by keyboard alone, on a narrow screen', async ({ page, context, db }) => {
  await storyOf(db, context)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(log)
  await expect(rows(page)).toHaveCount(4)
  await expectSoundPage(page, 'the audit log at 320 pixels')
  const keys = keyboard(page)
  await keys.use(rows(page).first().getByRole('button', { name: 'Created a component' }))
  const panel = page.getByRole('dialog', { name: 'Created a component' })
  await expect(panel).toContainText('Before and after')
  await expectNoSidewaysScroll(page, 'an entry at 320 pixels')
  await keys.press('Escape')
  await expect(panel).toBeHidden()
  await expect(rows(page).first().getByRole('button', { name: 'Created a component' })).toBeFocused()
  await keys.tabTo(page.getByRole('combobox', { name: 'What' }), { backwards: true })
  await keys.type('edited a component')
  await keys.press('Enter')
  await expect(rows(page)).toHaveCount(1)
})

test('is refused, with the reason, without View Audit Logs', async ({ page, context, db }) => {
  const accountId = await createAccount(db)
  await signInByCookie(context, await createPerson(db, { accountId, role: 'standard-user' }))
  await page.goto(log)
  await expect(page.getByRole('main')).toContainText(
    'Reading the audit log needs the privilege View Audit Logs. Ask an administrator of this account.',
  )
  await expect(page.getByRole('link', { name: 'Audit Log' })).toHaveCount(0)
})
