import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { packPage } from './fixtures/pack-page.ts'
import { openBrowserOf } from './fixtures/people.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import { test } from './fixtures/test.ts'

// Neither zone is whole hours away from anything: +05:45, and +13:45 in the southern summer.
test.describe('somebody in Kathmandu schedules, somebody in Chatham reads', () => {
  test.use({ timezoneId: 'Asia/Kathmandu', zone: 'Asia/Kathmandu' })

  test('both see the date of the scheduler, and the window on their own clock and in UTC', async ({
    page,
    browser,
    baseURL,
    scene,
  }) => {
    const orders = await scene.addComponent()
    const { id } = await scene.addPack({ components: [orders] })
    const wizard = releaseWizard(page)
    await page.goto(`/integration-packs/${id}/release?step=schedule&option=on-date`)
    await wizard.typeDate('2027-03-01')
    await expect(
      page.getByText('Releases Mon 1 Mar 2027 between 00:00 and 01:00 Asia/Kathmandu.'),
    ).toBeVisible()
    await expect(clock(page, 'Universal time (UTC)')).toHaveText('Sun 28 Feb 2027 between 18:15 and 19:15')
    await wizard.schedule.click()
    await expect(
      page.getByText('releases Mon 1 Mar 2027 between 00:00 and 01:00 Asia/Kathmandu.'),
    ).toBeVisible()
    await wizard.finish.click()
    const here = packPage(page)
    await expect(here.scheduled).toContainText('Scheduled for Mon 1 Mar 2027')

    const reader = await scene.addPerson({ timeZone: 'Pacific/Chatham', firstName: 'Kiri' })
    const chatham = await openBrowserOf(browser, { baseURL, timezoneId: 'Pacific/Chatham', person: reader })
    const there = packPage(chatham.page)
    await there.open(id)
    await expect(there.scheduled.getByRole('heading')).toContainText('Scheduled for Mon 1 Mar 2027')
    await expect(there.scheduled).toContainText('Mon 1 Mar 2027 between 00:00 and 01:00 Asia/Kathmandu')
    await expect(clock(chatham.page, 'Your time zone (Pacific/Chatham)')).toHaveText(
      'Mon 1 Mar 2027 between 08:00 and 09:00',
    )
    await expect(clock(chatham.page, 'Universal time (UTC)')).toHaveText(
      'Sun 28 Feb 2027 between 18:15 and 19:15',
    )
    await expect(chatham.page.getByRole('navigation', { name: 'Integration packs' })).toContainText(
      'Scheduled Mon 1 Mar',
    )

    // Whoever moves a release moves it to a day of their own, although UTC still has the day before.
    await there.scheduled.getByRole('button', { name: 'Reschedule' }).click()
    await expect(
      chatham.page.getByText('The new date counts in your time zone, Pacific/Chatham.'),
    ).toBeVisible()
    await releaseWizard(chatham.page).typeDate('2027-03-05')
    await expect(
      chatham.page.getByText('Releases Fri 5 Mar 2027 between 00:00 and 01:00 Pacific/Chatham.'),
    ).toBeVisible()
    await chatham.page.getByRole('dialog').getByRole('button', { name: 'Reschedule' }).click()
    await expect(there.scheduled).toContainText('Scheduled for Fri 5 Mar 2027')

    await page.reload()
    await expect(here.scheduled).toContainText('Scheduled for Fri 5 Mar 2027')
    await expect(here.scheduled).toContainText('Fri 5 Mar 2027 between 00:00 and 01:00 Pacific/Chatham')
    await expect(clock(page, 'Your time zone (Asia/Kathmandu)')).toHaveText(
      'Thu 4 Mar 2027 between 16:00 and 17:00',
    )

    await scene.setClock('2027-03-04T10:14:30Z')
    expect((await scene.getPack(id)).scheduled?.status).toBe('SCHEDULED')
    await scene.setClock('2027-03-04T10:15:00Z')
    await expect
      .poll(async () => (await scene.getPack(id)).current?.status, { timeout: 20_000 })
      .toBe('SUCCESS')

    // Out in the window, told to each on their own clock.
    await there.openHistory()
    await expect(there.entries.first()).toContainText('out Fri 5 Mar 2027, 00:0')
    await here.openHistory()
    await expect(here.entries.first()).toContainText('out Thu 4 Mar 2027, 16:0')
    await chatham.context.close()
  })

  test('another device than the saved zone gets a third clock', async ({ browser, baseURL, scene }) => {
    const { id } = await scene.addPack({ components: [await scene.addComponent()] })
    const away = await openBrowserOf(browser, {
      baseURL,
      timezoneId: 'America/St_Johns',
      person: scene.manager,
    })
    await away.page.goto(`/integration-packs/${id}/release?step=schedule&option=on-date&date=2027-03-01`)
    await expect(clock(away.page, 'This device (America/St_Johns)')).toHaveText(
      'Sun 28 Feb 2027 between 14:45 and 15:45',
    )
    await expect(clock(away.page, 'Universal time (UTC)')).toHaveText(
      'Sun 28 Feb 2027 between 18:15 and 19:15',
    )
    await expectAccessible(away.page, 'three clocks')
    await away.context.close()
  })
})

// Days whose first hour is not the ordinary one, as zone data has them.
const oddNights = [
  {
    zone: 'Africa/Cairo',
    date: '2027-04-30',
    window: 'Fri 30 Apr 2027 between 01:00 and 02:00',
    utc: 'Thu 29 Apr 2027 between 22:00 and 23:00',
    says: 'the clocks go forward at midnight, so Fri 30 Apr 2027 begins later than 00:00',
  },
  {
    zone: 'America/Santiago',
    date: '2027-09-05',
    window: 'Sun 5 Sep 2027 between 01:00 and 02:00',
    utc: 'Sun 5 Sep 2027 between 04:00 and 05:00',
    says: 'the clocks go forward at midnight, so Sun 5 Sep 2027 begins later than 00:00',
  },
  {
    zone: 'America/Havana',
    date: '2027-11-07',
    window: 'Sun 7 Nov 2027 between 00:00 (UTC−4) and 00:00 (UTC−5)',
    utc: 'Sun 7 Nov 2027 between 04:00 and 05:00',
    says: 'midnight comes twice on Sun 7 Nov 2027',
  },
]

for (const { zone, date, window, utc, says } of oddNights) {
  test.describe(zone, () => {
    test.use({ zone, timezoneId: zone })

    test(`the wizard says what is special about ${date}, and the release goes out then`, async ({
      page,
      scene,
    }) => {
      const { id } = await scene.addPack({ components: [await scene.addComponent()] })
      const wizard = releaseWizard(page)
      await page.goto(`/integration-packs/${id}/release?step=schedule&option=on-date&date=${date}`)
      await expect(page.getByText(`Releases ${window} ${zone}.`)).toBeVisible()
      await expect(page.getByText(says)).toBeVisible()
      await expect(clock(page, 'Universal time (UTC)')).toHaveText(utc)
      await wizard.schedule.click()
      await expect(wizard.scheduled).toBeVisible()
      await expect(page.getByText(says)).toBeVisible()

      const start = (await scene.getPack(id)).scheduled?.window?.start ?? ''
      await scene.setClock(new Date(Date.parse(start) - 20_000).toISOString())
      expect((await scene.getPack(id)).scheduled?.status).toBe('SCHEDULED')
      await scene.setClock(start)
      await expect
        .poll(async () => (await scene.getPack(id)).current?.status, { timeout: 20_000 })
        .toBe('SUCCESS')
    })
  })
}

function clock(page: Page, label: string) {
  return page.getByRole('main').locator('dt', { hasText: label }).locator('xpath=following-sibling::dd')
}
