import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { packPage } from './fixtures/pack-page.ts'
import { createAccount, createPerson, signInByCookie } from './fixtures/people.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import { createScene } from './fixtures/scene.ts'
import { test } from './fixtures/test.ts'

const nowhere = '01900000-0000-7000-8000-000000000000'

test('names and descriptions of packs', async ({ page, scene, browserConsole }) => {
  browserConsole.expect(/status of 4(09|22)/)
  const { name: taken } = await scene.addPack()
  await page.goto('/integration-packs')
  await page.getByRole('button', { name: 'Create Integration Pack' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create Integration Pack' })
  const name = dialog.getByRole('textbox', { name: 'Integration Pack Name' })
  const description = dialog.getByRole('textbox', { name: /^Description/ })
  const problems = dialog.getByRole('alert')
  const create = () => dialog.getByRole('button', { name: 'Create Integration Pack' }).click()

  await create()
  await expect(problems).toContainText('Give the integration pack a name.')
  await expect(problems).toBeFocused()
  // The summary leads to the field, which says the same.
  await problems.getByRole('link', { name: 'Give the integration pack a name.' }).click()
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription(/Give the integration pack a name\./)
  await expectAccessible(page, 'a pack without a name')

  await name.fill('n'.repeat(256))
  await create()
  await expect(problems).toContainText(
    'The name of an integration pack has at most 255 characters. Shorten it.',
  )
  await name.fill('A good name')
  await description.fill('d'.repeat(501))
  await create()
  await expect(problems).toContainText('The description has at most 500 characters. Shorten it.')
  await description.fill('d'.repeat(500))
  await name.fill(taken.toUpperCase())
  await create()
  await expect(problems).toContainText('This account already has an integration pack of that name.')
  await name.fill('n'.repeat(255))
  await create()
  await expect(page.getByRole('heading', { level: 2, name: 'n'.repeat(255) })).toBeVisible()
  expect(await scene.db.integrationPack.count({ where: { accountId: scene.accountId } })).toBe(2)
})

test('what a pack cannot hold', async ({ page, scene, browserConsole }) => {
  browserConsole.expect(/status of 409/)
  const components = await Promise.all(
    Array.from({ length: 101 }, (_, index) => scene.addComponent({ name: `Process ${index}` })),
  )
  await scene.addComponent({ name: 'Orders API', type: 'webservice' })
  const pack = await scene.addPack({ components: components.slice(0, 100) })
  await page.goto(`/integration-packs/${pack.id}`)
  const dialog = page.getByRole('dialog', { name: 'Add Packages to Integration Pack' })
  const add = page.getByRole('button', { name: 'Add Packaged Component' }).first()
  await add.click()
  await expect(dialog).toContainText('The pack holds 100 of 100 packages.')
  await dialog.getByRole('searchbox', { name: 'Filter Components' }).fill('Process 100')
  await dialog.getByRole('checkbox', { name: 'Process 100' }).check()
  await dialog.getByRole('button', { name: 'Add 1 Selected Package' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    'An integration pack holds at most 100 packages, and this one has room for none more.',
  )

  // An API Service component is not even offered to a pack of type Multiple Attachments.
  const multi = await scene.addPack({ type: 'MULTI' })
  await page.goto(`/integration-packs/${multi.id}`)
  await add.click()
  await expect(dialog).toContainText('takes no API Service components')
  await dialog.getByRole('searchbox', { name: 'Filter Components' }).fill('Orders API')
  await expect(dialog).toContainText('No component that can be added has “Orders API” in its name.')
})

test('dates that cannot be chosen', async ({ page, scene, browserConsole }) => {
  browserConsole.expect(/status of 422/)
  const { id } = await scene.addPack({ components: [await scene.addComponent()] })
  const wizard = releaseWizard(page)
  await page.goto(`/integration-packs/${id}/release?step=schedule&option=on-date`)
  const main = page.getByRole('main')

  await wizard.schedule.click()
  await expect(page.getByRole('alert')).toContainText('Choose the date of the release.')
  await page.getByRole('alert').getByRole('link').click()
  await expect(wizard.dateField.getByRole('spinbutton', { name: /^day/ })).toBeFocused()
  await expectAccessible(page, 'no date chosen')

  const refused = [
    [
      '2027-02-20',
      'Today cannot be chosen: its release window has begun. Choose a later date, or release immediately.',
    ],
    ['2027-02-19', 'That date has passed. The first date you can choose is Sun 21 Feb 2027.'],
    ['2028-03-26', 'That date is more than a year away. The last date you can choose is Sun 20 Feb 2028.'],
  ] as const
  for (const [date, sentence] of refused) {
    await wizard.typeDate(date)
    await expect(main.getByText(sentence).first(), date).toBeVisible()
    await wizard.schedule.click()
    await expect(page.getByRole('alert').filter({ hasText: sentence }), date).toBeVisible()
  }
  await expectAccessible(page, 'a date that cannot be chosen')

  // The field cannot hold a day that no calendar has; an address can.
  await page.goto(`/integration-packs/${id}/release?step=schedule&option=on-date&date=2027-02-29`)
  await expect(main.getByText('29 February exists in leap years only').first()).toBeVisible()
  await wizard.schedule.click()
  await expect(page.getByRole('alert')).toContainText('That is not a date.')
  expect(await scene.getHistory(id)).toEqual([])
})

test.describe('nobody has saved a time zone yet', () => {
  test.use({ timezoneId: 'Asia/Kathmandu' })

  test('scheduling leads to User Information and back to the draft', async ({ page, context, scene, db }) => {
    const { id } = await scene.addPack({ components: [await scene.addComponent()] })
    const newcomer = await createPerson(db, { accountId: scene.accountId, timeZone: null })
    await context.clearCookies()
    await signInByCookie(context, newcomer)
    const wizard = releaseWizard(page)
    await page.goto(`/integration-packs/${id}/release?step=schedule&option=on-date`)
    await expect(
      page.getByText('A release goes out on a date in your time zone, and you have not saved one yet.'),
    ).toBeVisible()
    await expect(wizard.schedule).toBeHidden()
    await expectAccessible(page, 'scheduling without a time zone')
    await page.getByRole('link', { name: 'Choose your time zone in Settings > User Information' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'User Information' })).toBeFocused()
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Kathmandu')
    await page.getByRole('option', { name: /Asia\/Kathmandu/ }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible()
    await page.goBack()
    await expect(wizard.onDate).toBeChecked()
    await wizard.typeDate('2027-03-01')
    await expect(
      page.getByText('Releases Mon 1 Mar 2027 between 00:00 and 01:00 Asia/Kathmandu.'),
    ).toBeVisible()
  })
})

test('reasons for cancelling', async ({ page, scene, browserConsole }) => {
  browserConsole.expect(/status of 422/)
  const orders = await scene.addComponent()
  const { id } = await scene.addPack({ components: [orders] })
  await scene.schedule(id, [{ component: orders, version: '1.0' }], '2027-03-01')
  const screen = packPage(page)
  await screen.open(id)
  await screen.scheduled.getByRole('button', { name: 'Cancel release' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel the scheduled release?' })
  const reason = dialog.getByRole('textbox', { name: 'Reason' })
  const cancel = () => dialog.getByRole('button', { name: 'Cancel the release' }).click()
  await cancel()
  await expect(dialog.getByRole('alert')).toContainText('Give a reason for cancelling')
  await reason.fill('r'.repeat(501))
  await expect(dialog).toContainText('1 character too many')
  await cancel()
  await expect(dialog.getByRole('alert')).toContainText(
    'The reason for cancelling has at most 500 characters.',
  )
  await expectAccessible(page, 'a reason that is too long')
  expect((await scene.getPack(id)).scheduled).not.toBeNull()
})

test('release notes that are too long', async ({ page, scene }) => {
  const { id } = await scene.addPack({ components: [await scene.addComponent()] })
  const wizard = releaseWizard(page)
  await page.goto(`/integration-packs/${id}/release?step=schedule`)
  await page.getByRole('textbox', { name: 'Release notes' }).fill('x'.repeat(5_001))
  await wizard.release.click()
  await expect(page.getByRole('alert')).toContainText(
    'Release notes have at most 5,000 characters. Shorten them.',
  )
  expect(await scene.getHistory(id)).toEqual([])
})

test('addresses of nothing', async ({ page, scene, browserConsole }) => {
  browserConsole.expect(/status of 4(00|04|22)/)
  const { id } = await scene.addPack()
  const nothing = [
    `/integration-packs/${nowhere}`,
    `/integration-packs/${nowhere}/releases`,
    `/integration-packs/${nowhere}/release`,
    `/integration-packs/${id}/releases/${nowhere}`,
    `/components/${nowhere}`,
    `/packaged-components/compare/${nowhere}/${nowhere}`,
    '/integration-packs/not-an-id',
    '/components/not-an-id',
  ]
  for (const address of nothing) {
    await page.goto(address)
    await expect(page.getByRole('main').getByRole('alert').first(), address).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 }), address).toHaveCount(1)
  }
  await expectAccessible(page, 'an address of nothing')
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible()
  await expectAccessible(page, 'no such page')
})

test('what belongs to another account is as unknown as what does not exist', async ({
  page,
  scene,
  db,
  browser,
  baseURL,
  browserConsole,
}) => {
  browserConsole.expect(/status of 404/)
  const theirs = await browser.newContext({ ...(baseURL !== undefined && { baseURL }) })
  const stranger = await createPerson(db, { accountId: await createAccount(db) })
  const other = createScene(db, stranger, await signInByCookie(theirs, stranger))
  const orders = await other.addComponent({ name: 'Their secret component' })
  const pack = await other.addPack({ name: 'Their secret pack', components: [orders] })
  const releaseId = await other.release(pack.id, [{ component: orders, version: '1.0' }])
  const { id: own } = await scene.addPack()

  const wordsAt = async (address: string) => {
    await page.goto(address)
    const alert = page.getByRole('main').getByRole('alert').first()
    await expect(alert, address).toBeVisible()
    return (await alert.innerText()).replace(/[0-9a-f-]{36}/g, '')
  }
  const pairs = [
    [`/integration-packs/${pack.id}`, `/integration-packs/${nowhere}`],
    [`/integration-packs/${pack.id}/release`, `/integration-packs/${nowhere}/release`],
    [`/integration-packs/${own}/releases/${releaseId}`, `/integration-packs/${own}/releases/${nowhere}`],
    [`/components/${orders.id}`, `/components/${nowhere}`],
  ] as const
  for (const [foreign, absent] of pairs) expect(await wordsAt(foreign), foreign).toBe(await wordsAt(absent))
  await expect(page.getByText('secret')).toHaveCount(0)
  await theirs.close()
})

test('unknown values in addresses are left out, and it is said which', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 4(00|04|22)/)
  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const { id } = await scene.addPack({ components: [orders] })
  const leftOut = (names: string) =>
    page.getByText(
      `This address asks for something that does not exist here (${names}). That part was left out.`,
    )

  await page.goto(`/integration-packs/${id}/release?step=third&option=perhaps&date=soon`)
  await expect(leftOut('step, option, date')).toBeVisible()
  await expect(releaseWizard(page).selectVersions).toBeVisible()
  await page.goto(`/integration-packs/${id}/release?versions=${orders.id}.${nowhere}`)
  await expect(leftOut(`a version of ${orders.name} that cannot be released`)).toBeVisible()
  await expect(releaseWizard(page).row(orders.name)).toContainText('new 2.0')
  await page.goto(`/integration-packs/${id}/release?versions=${nowhere}.${nowhere}`)
  await expect(leftOut('a component that is not part of this release')).toBeVisible()
  await page.goto('/packaged-components?sort=colour&sharing=maybe&page=0')
  await expect(leftOut('sharing, sort, page')).toBeVisible()
  await page.goto('/components?type=spaceship')
  await expect(leftOut('type')).toBeVisible()
  await expectAccessible(page, 'an address with unknown values')

  await page.goto(`/integration-packs/${id}/release?rollBackTo=${nowhere}`)
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
})
