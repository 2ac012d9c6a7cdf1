import { expect } from '@playwright/test'
import { keyboard } from './fixtures/keyboard.ts'
import { packPage } from './fixtures/pack-page.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import { signIn } from './fixtures/sign-in.ts'
import { test } from './fixtures/test.ts'

test('sign in, create a pack, release it, schedule and move the next release, see it out and roll it back, without a mouse', async ({
  page,
  context,
  scene,
}) => {
  test.setTimeout(150_000)
  const orders = await scene.addComponent({ name: 'Orders to ERP', versions: ['1.0', '1.1'] })
  const keys = keyboard(page)
  const wizard = releaseWizard(page)
  const pack = packPage(page)

  await test.step('sign in', async () => {
    await context.clearCookies()
    await page.goto('/integration-packs')
    await keys.tabTo(page.getByLabel('E-mail'))
    await keys.type(scene.manager.email)
    await keys.press('Tab')
    await keys.type(scene.manager.password)
    await keys.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeFocused()
    await expect(page).toHaveTitle('Integration Packs · Packline')
  })

  await test.step('skip the navigation', async () => {
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeVisible()
    await keys.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the content' })
    await expect(skip).toBeFocused()
    await expect(skip).toBeInViewport()
    await keys.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
  })

  await test.step('create the pack', async () => {
    await keys.use(page.getByRole('button', { name: 'Create Integration Pack' }).first())
    const dialog = page.getByRole('dialog', { name: 'Create Integration Pack' })
    await expect(dialog.getByRole('textbox', { name: 'Integration Pack Name' })).toBeFocused()
    await keys.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('button', { name: 'Create Integration Pack' }).first()).toBeFocused()
    await keys.press('Enter')
    await expect(dialog.getByRole('textbox', { name: 'Integration Pack Name' })).toBeFocused()
    await keys.type('Keys only')
    await keys.press('Enter')
    await expect(page.getByRole('heading', { level: 2, name: 'Keys only' })).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeFocused()
    await expect(page).toHaveTitle('Keys only · Integration Packs · Packline')
  })

  await test.step('add a package', async () => {
    const add = page.getByRole('button', { name: 'Add Packaged Component' }).first()
    await keys.use(add)
    const dialog = page.getByRole('dialog', { name: 'Add Packages to Integration Pack' })
    await keys.use(dialog.getByRole('checkbox', { name: 'Orders to ERP' }), 'Space')
    await keys.use(dialog.getByRole('button', { name: 'Add 1 Selected Package' }))
    await expect(dialog).toBeHidden()
    await expect(add).toBeFocused()
  })

  await test.step('select another version, and release', async () => {
    await keys.use(pack.releaseLink)
    await expect(wizard.selectVersions).toBeFocused()
    await expect(page).toHaveTitle('Release Integration Pack: Select Versions · Keys only · Packline')
    const link = page.getByRole('button', { name: 'Select another version of Orders to ERP' })
    await keys.use(link)
    const dialog = page.getByRole('dialog', { name: 'Select Version' })
    await expect(dialog.getByRole('radio', { name: /^1\.1/ })).toBeFocused()
    await keys.press('ArrowDown')
    await expect(dialog.getByRole('radio', { name: /^1\.0/ })).toBeChecked()
    await keys.press('Escape')
    await expect(dialog).toBeHidden()
    // Leaving changes nothing, and the focus is back where it came from.
    await expect(link).toBeFocused()
    await expect(wizard.row('Orders to ERP')).toContainText('new 1.1')

    await keys.press('Enter')
    await expect(dialog.getByRole('radio', { name: /^1\.1/ })).toBeFocused()
    await keys.press('ArrowDown')
    await keys.use(dialog.getByRole('button', { name: 'Select Version' }))
    await expect(dialog).toBeHidden()
    await expect(link).toBeFocused()
    await expect(wizard.row('Orders to ERP')).toContainText('new 1.0')

    await keys.use(page.getByRole('button', { name: /^View Details of Orders to ERP/ }))
    const panel = page.getByRole('dialog', { name: 'Orders to ERP 1.0' })
    await expect(panel.getByText('Component revision')).toBeVisible()
    await keys.press('Escape')
    await expect(panel).toBeHidden()
    await expect(page.getByRole('button', { name: /^View Details of Orders to ERP/ })).toBeFocused()

    await keys.use(wizard.next)
    await expect(wizard.selectSchedule).toBeFocused()
    await expect(page).toHaveTitle('Select Release Schedule · Keys only · Packline')
    await keys.use(wizard.release)
    await expect(wizard.released).toBeFocused()
    await expect(page).toHaveTitle('Integration pack released · Keys only · Packline')
    await keys.use(wizard.finish)
    await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeFocused()
    await pack.expectVersions('Orders to ERP', ['1.0', '', '1.1'])
  })

  await test.step('choose a date in the calendar, and schedule', async () => {
    await keys.use(pack.releaseLink)
    await expect(wizard.selectVersions).toBeFocused()
    await keys.use(wizard.next)
    await keys.tabTo(wizard.immediately)
    await keys.press('ArrowDown')
    await expect(wizard.onDate).toBeChecked()
    await expect(wizard.onDate).toBeFocused()
    const open = page.getByRole('button', { name: /^Calendar/ })
    await keys.use(open)
    const calendar = page.getByRole('dialog', { name: 'Release on Date' })
    await expect(calendar.getByRole('button', { name: /21 February 2027/ })).toBeFocused()
    await keys.press('ArrowRight')
    await keys.press('ArrowDown')
    await expect(calendar.getByRole('button', { name: /1 March 2027/ }).first()).toBeFocused()
    await keys.press('PageDown')
    await expect(calendar.getByRole('button', { name: /1 April 2027/ }).first()).toBeFocused()
    await keys.press('Escape')
    await expect(calendar).toBeHidden()
    await expect(open).toBeFocused()

    await keys.press('Enter')
    await keys.press('ArrowRight')
    await keys.press('ArrowDown')
    await keys.press('Enter')
    await expect(calendar).toBeHidden()
    await expect(
      page.getByText('Releases Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin.'),
    ).toBeVisible()
    await keys.use(wizard.schedule)
    await expect(wizard.scheduled).toBeFocused()
    await expect(page).toHaveTitle('Integration pack release scheduled · Keys only · Packline')
    await keys.use(wizard.finish)
    await expect(pack.scheduled).toContainText('Scheduled for Mon 1 Mar 2027')
  })

  await test.step('type another date', async () => {
    const reschedule = pack.scheduled.getByRole('button', { name: 'Reschedule' })
    await keys.use(reschedule)
    const dialog = page.getByRole('dialog').filter({ has: wizard.dateField })
    await keys.tabTo(wizard.dateField.getByRole('spinbutton', { name: /^day/ }))
    await keys.type('04032027')
    await expect(dialog).toContainText('Releases Thu 4 Mar 2027 between 00:00 and 01:00 Europe/Berlin.')
    await keys.use(dialog.getByRole('button', { name: 'Reschedule' }))
    await expect(dialog).toBeHidden()
    await expect(reschedule).toBeFocused()
    await expect(pack.scheduled).toContainText('Scheduled for Thu 4 Mar 2027')
  })

  const clock = page.getByRole('region', { name: 'Demo clock' })
  const setClock = clock.getByRole('button', { name: 'Set the clock' })
  await test.step('set the demo clock, and the release is out', async () => {
    await keys.use(setClock)
    const dialog = page.getByRole('dialog', { name: 'Set the demo clock' })
    await expect(dialog.getByLabel('Date and time in UTC')).toBeFocused()
    // The date, the same in every order of day and month; the hour by the button, since the field may count to 12.
    await keys.type('03032027')
    await keys.tabTo(dialog.getByRole('button', { name: '1 hour on' }))
    for (let hour = 12; hour < 23; hour += 1) await keys.press('Enter')
    await expect(dialog).toContainText('That is Thu 4 Mar 2027, 00:')
    await keys.use(dialog.getByRole('button', { name: 'Set the clock' }))
    await expect(dialog).toBeHidden()
    await expect(setClock).toBeFocused()
    await expect(page.getByText('Release 2 of “Keys only” is out everywhere.').first()).toBeVisible()
    await expect(clock).toContainText('Thu 4 Mar 2027, 00:')
    await pack.expectVersions('Orders to ERP', ['1.1', '', ''])
  })

  await test.step('roll back from the history', async () => {
    await keys.tabTo(page.getByRole('link', { name: 'Release history' }), { backwards: true })
    await keys.press('Enter')
    await keys.use(page.getByRole('link', { name: /^Roll back to this release\s?: release 1$/ }))
    await expect(wizard.selectVersions).toBeFocused()
    await expect(wizard.row('Orders to ERP')).toContainText('rollback 1.1 → to 1.0')
    await keys.use(wizard.next)
    await keys.use(wizard.release)
    await expect(wizard.released).toBeFocused()
    await keys.use(wizard.finish)
    await pack.expectVersions('Orders to ERP', ['1.0', '', '1.1'])
  })

  await test.step('back to real time', async () => {
    const reset = clock.getByRole('button', { name: 'Back to real time' })
    await keys.use(reset)
    await expect(reset).toBeHidden()
    await expect(setClock).toBeFocused()
    await expect(clock).not.toContainText('2027')
  })

  expect(await scene.getHistory(new URL(page.url()).pathname.split('/').at(-1) ?? '')).toMatchObject([
    { sequence: 3, status: 'SUCCESS', isRollback: true },
    { sequence: 2, status: 'SUCCESS', releaseOn: '2027-03-04', lateBySeconds: null },
    { sequence: 1, status: 'SUCCESS', changes: [{ componentId: orders.id, to: { version: '1.0' } }] },
  ])
})

test('shortcuts lead everywhere and can be switched off', async ({ page, scene }) => {
  const { name } = await scene.addPack()
  const keys = keyboard(page)
  await page.goto('/components')
  await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeVisible()

  await keys.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find a page or a command' })
  await expect(palette.getByRole('combobox', { name: 'Page or command' })).toBeFocused()
  await keys.type(name.slice(0, 10).toLowerCase())
  await expect(palette.getByRole('option', { name })).toBeVisible()
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()

  await keys.press('c')
  await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeFocused()
  await keys.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await keys.use(list.getByRole('switch').or(list.getByRole('checkbox')), 'Space')
  await keys.press('Escape')
  await expect(list).toBeHidden()
  await keys.press('i')
  await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeVisible()
})

test('a refused sign-in takes the focus to the reason', async ({ page, browserConsole }) => {
  browserConsole.expect(/status of 401/)
  await page.goto('/sign-in')
  await signIn(page, { email: 'nobody@example.test', password: 'nothing at all' })
  await expect(page.getByRole('alert')).toBeFocused()
  const keys = keyboard(page)
  await keys.press('Tab')
  await keys.press('Enter')
  await expect(page.getByLabel('E-mail')).toBeFocused()
})
