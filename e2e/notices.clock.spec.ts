import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { test } from './fixtures/managed-account.ts'
import { packPage } from './fixtures/pack-page.ts'
import { createAccount, openBrowserOf, unique } from './fixtures/people.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'

const packName = 'Order to Cash'
const bell = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Notices/ })

test.describe('the publisher schedules in Berlin, the managed account reads in Kathmandu', () => {
  test.use({ timezoneId: 'Europe/Berlin' })

  test('the bell rings in the other browser by itself, on the reader’s own clock', async ({
    page,
    browser,
    baseURL,
    scene,
    managed,
    db,
  }) => {
    test.setTimeout(120_000)
    const orders = await scene.addComponent({ versions: [{ version: '1.0' }, { version: '2.0' }] })
    const pack = await scene.addPack({ name: packName, components: [orders] })
    await scene.release(pack.id, [{ component: orders, version: '1.0' }])
    await managed.share(pack.id)
    const production = await managed.addEnvironment('Production')
    await managed.install(pack.id, [production.id])
    const reader = await scene.addPerson({
      accountId: managed.accountId,
      timeZone: 'Asia/Kathmandu',
      firstName: 'Bina',
    })
    const { context, page: there } = await openBrowserOf(browser, {
      baseURL,
      timezoneId: 'Asia/Kathmandu',
      person: reader,
    })

    await there.goto('/atom-management')
    await bell(there).click()
    await expect(there.getByText('You have no notices.', { exact: false })).toBeVisible()
    await there.keyboard.press('Escape')
    await expect(bell(there)).toBeFocused()

    await test.step('schedule on one screen, and the other one says so without being touched', async () => {
      const wizard = releaseWizard(page)
      await page.goto(`/integration-packs/${pack.id}/release?step=schedule&option=on-date`)
      await wizard.typeDate('2027-03-01')
      await wizard.schedule.click()
      await wizard.finish.click()
      await expect(bell(there)).toHaveAccessibleName('Notices, 1 unread')
    })

    await test.step('read it by keyboard alone', async () => {
      await bell(there).focus()
      await there.keyboard.press('Enter')
      const list = there.getByRole('list', { name: 'Newest notices' })
      await expect(list.getByRole('link', { name: `Unread: Update of ${packName} scheduled` })).toBeVisible()
      await expect(list).toContainText('Mon 1 Mar 2027 between 00:00 and 01:00 (Europe/Berlin)')
      await expect(list).toContainText('in your time zone Asia/Kathmandu Mon 1 Mar, 04:45–05:45')
      await expectAccessible(there, 'the bell’s list')
      const entry = list.getByRole('link', { name: `Add to calendar: Update of ${packName} scheduled` })
      const calendar = await there.request.get((await entry.getAttribute('href')) ?? '')
      expect(await calendar.text()).toContain('DTSTART:20270228T230000Z')

      await there.keyboard.press('Tab')
      await there.keyboard.press('Tab')
      await expect(list.getByRole('link', { name: `Unread: Update of ${packName} scheduled` })).toBeFocused()
      await there.keyboard.press('Enter')
      await expect(there).toHaveURL(`/atom-management/environments/${production.id}/integration-packs`)
      await expect(bell(there)).toHaveAccessibleName('Notices')
    })

    await test.step('a day before, and when it is withdrawn', async () => {
      await scene.setClock('2027-02-27T23:00:05Z')
      await expect(bell(there)).toHaveAccessibleName('Notices, 1 unread', { timeout: 20_000 })
      const here = packPage(page)
      await here.open(pack.id)
      await here.scheduled.getByRole('button', { name: 'Cancel' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Reason').fill('Only for the publisher’s own people')
      await dialog
        .getByRole('button', { name: /Cancel/ })
        .last()
        .click()
      await expect(bell(there)).toHaveAccessibleName('Notices, 2 unread')
      await there.goto('/notices')
      const list = there.getByRole('list', { name: 'Notices' })
      await expect(list.getByRole('listitem')).toHaveCount(3)
      await expect(list.getByRole('listitem').first()).toContainText(`Update of ${packName} withdrawn`)
      await expect(list).not.toContainText('Only for the publisher')
      // What tells of a date that is not to come any more has nothing for a calendar.
      await expect(list.getByRole('link', { name: /Add to calendar/ })).toHaveCount(0)
    })

    await test.step('read everything, and choose what comes by mail', async () => {
      await expectAccessible(there, 'the page of all notices')
      await there.getByRole('button', { name: 'Mark all as read' }).click()
      await expect(bell(there)).toHaveAccessibleName('Notices')
      await there.getByRole('checkbox', { name: 'Unread only' }).check()
      await expect(there.getByText('You have read all your notices.')).toBeVisible()
      await there.goto('/settings/user')
      const reminder = there.getByRole('checkbox', { name: 'A release goes out within a day' })
      await expect(reminder).toBeChecked()
      await reminder.uncheck()
      const chosen = () => db.noticeMailOff.findMany({ where: { userId: reader.userId } })
      await expect.poll(chosen).toEqual([{ userId: reader.userId, kind: 'release.reminder' }])
      await there.reload()
      await expect(reminder).not.toBeChecked()
    })
    await context.close()
  })
})

test('a notice opened from a mail while in another account offers to switch to its own', async ({
  browser,
  baseURL,
  scene,
  db,
}) => {
  const elsewhere = await createAccount(db, { name: `Elsewhere ${unique()}` })
  const reader = await scene.addPerson({ alsoIn: [elsewhere] })
  const at = new Date('2027-02-20T10:00:00Z')
  const event = await db.event.create({
    data: {
      key: `release.reminder:${reader.userId}`,
      type: 'release.reminder',
      at,
      spreadAt: at,
      accountId: scene.accountId,
      data: { packName },
    },
  })
  const notice = await db.notice.create({
    data: { eventId: event.id, accountId: scene.accountId, userId: reader.userId, at },
  })
  const { context, api, page } = await openBrowserOf(browser, {
    baseURL,
    timezoneId: 'Europe/Berlin',
    person: reader,
  })
  await api.call('chooseAccount', { body: { accountId: elsewhere } })
  await page.setViewportSize({ width: 320, height: 700 })
  await page.goto(`/notices/${notice.id}`)
  await expect(page.getByText('This notice is in the account', { exact: false })).toBeVisible()
  await expectAccessible(page, 'a notice of another account, on a narrow screen')
  await page.getByRole('button', { name: /^Switch to/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release of ${packName} within a day`)
  await expect(bell(page)).toHaveAccessibleName('Notices')
  await expectAccessible(page, 'one notice, on a narrow screen')
  await context.close()
})
