import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { deliver, tellOfChange } from './fixtures/deliveries.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createAccount, createPerson, signInByCookie } from './fixtures/people.ts'
import type { Scene } from './fixtures/scene.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

/** A release that two customers run: one Atom has it, one waits, one failed; the second customer's never registered. */
async function createRollout(scene: Scene) {
  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ components: [orders] })
  const first = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  const busy = await scene.addCustomer({ packId: pack.id, releaseId: first, environments: 3 })
  const quiet = await scene.addCustomer({ packId: pack.id, releaseId: first })
  const second = await scene.release(pack.id, [{ component: orders, version: '2.0' }])
  await deliver(scene.db, busy, second, [
    { state: 'ACTIVE' },
    { state: 'WAITING' },
    { state: 'FAILED', cause: 'No space left on the disk.' },
  ])
  const address = `/integration-packs/${pack.id}/releases/${second}/rollout`
  return { orders, pack, first, second, busy, quiet, address }
}

function rolloutPage(page: Page) {
  const counts = page.getByRole('region', { name: 'Counts by state' })
  const table = page.getByRole('table', { name: 'Rollout of this release' })
  return {
    counts,
    table,
    rows: table.getByRole('row').filter({ has: page.getByRole('rowheader') }),
    only: (state: string) => counts.getByRole('button', { name: new RegExp(`^${state}`) }),
    search: page.getByRole('searchbox', { name: /^Search accounts/ }),
    retry: page.getByRole('button', { name: /^Retry \d+ failed$/ }),
  }
}

test('from the history to the rows that failed, retried, and followed live', async ({ page, scene, db }) => {
  const { pack, second, busy, quiet } = await createRollout(scene)
  const rollout = rolloutPage(page)

  await test.step('all of it, in numbers and rows', async () => {
    await page.goto(`/integration-packs/${pack.id}/releases`)
    await page.getByRole('link', { name: 'View rollout of release 2' }).click()
    await expect(
      page.getByRole('heading', { level: 1, name: `Rollout of release 2 of ${pack.name}` }),
    ).toBeFocused()
    await expect(rollout.counts).toContainText('1 of 4 active · 1 failed')
    await expect(rollout.rows).toHaveCount(4)
    await expect(rollout.rows.filter({ hasText: quiet.accountName })).toContainText('Atom never heard from')
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
    await expectAccessible(page, 'a rollout')
  })

  await test.step('only what failed, also after a reload', async () => {
    await rollout.only('Failed').click()
    await expect(rollout.rows).toHaveCount(1)
    await expect(rollout.rows).toContainText('No space left on the disk.')
    await expect(rollout.rows).toContainText('1 → 2')
    await expect(page).toHaveURL(/\?state=failed$/)
    await page.reload()
    await expect(rollout.only('Failed')).toHaveAttribute('aria-pressed', 'true')
    await expect(rollout.rows).toHaveCount(1)
  })

  await test.step('tried again', async () => {
    await rollout.retry.dblclick()
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
      '1 node will fetch the release again as soon as it is there.',
    )
    await expect(page.getByText('Nothing in this rollout is like that.')).toBeVisible()
    await expect(rollout.retry).toHaveCount(0)
    const entries = await db.auditEntry.count({
      where: { objectId: second, action: 'as.ipack.release RETRY_DELIVERIES' },
    })
    expect(entries).toBe(1)
    await page.getByRole('main').getByRole('button', { name: 'Show all' }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await expect(rollout.counts).toContainText('1 of 4 active')
  })

  await test.step('changes come by themselves', async () => {
    await deliver(db, busy, second, [{ state: 'ACTIVE' }, { state: 'ACTIVE' }, { state: 'DOWNLOADING' }])
    await tellOfChange(db, second)
    // Without being told it would be looked at again after half a minute.
    await expect(rollout.counts).toContainText('2 of 4 active', { timeout: 8_000 })
    await expect(rollout.rows.filter({ hasText: 'Downloading' })).toHaveCount(1)
  })
})

test('without events it looks again by itself', async ({ page, scene, db, browserConsole }) => {
  const { address, busy, second } = await createRollout(scene)
  browserConsole.expect(/events/)
  await page.route('**/api/v1/events', (route) => route.abort())
  const rollout = rolloutPage(page)
  await page.goto(address)
  await expect(page.getByText('Looked at again every few seconds')).toBeVisible()
  await expect(rollout.counts).toContainText('1 of 4 active')
  await deliver(db, busy, second, [{ state: 'ACTIVE' }, { state: 'ACTIVE' }])
  await expect(rollout.counts).toContainText('2 of 4 active')
})

test('search, one account, and the same rows as a file', async ({ page, scene }) => {
  const { address, busy, quiet } = await createRollout(scene)
  const rollout = rolloutPage(page)
  await page.goto(address)
  await rollout.search.fill(quiet.accountName.toUpperCase())
  await expect(rollout.rows).toHaveCount(1)
  await rollout.search.fill('environment 2')
  await expect(rollout.rows).toHaveCount(1)
  await expect(rollout.rows).toContainText(busy.accountName)

  await rollout.rows.getByRole('button', { name: busy.accountName }).click()
  await expect(page).toHaveURL(new RegExp(`account=${busy.accountId}`))
  await rollout.search.fill('')
  await expect(rollout.rows).toHaveCount(3)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download these rows as CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/release 2 rollout\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^\ufeffAccount,Account ID,/)
  expect(lines.filter((line) => line.includes(busy.accountId))).toHaveLength(3)
})

test('a list too long for a page is gone through both ways', async ({ page, scene }) => {
  const { address, pack, second } = await createRollout(scene)
  await scene.addCustomer({ packId: pack.id, releaseId: second, environments: 55 })
  const rollout = rolloutPage(page)
  await page.goto(address)
  const pages = page.getByRole('navigation', { name: 'Pages of rows' })
  await expect(pages).toContainText('50 of 59 rows')
  await pages.getByRole('button', { name: 'Next' }).click()
  await expect(rollout.rows).toHaveCount(9)
  await expect(pages.getByRole('button', { name: 'Next' })).toBeDisabled()
  await page.reload()
  await expect(rollout.rows).toHaveCount(9)
  await pages.getByRole('button', { name: 'Previous' }).click()
  await expect(rollout.rows).toHaveCount(50)
  await page.goBack()
  await expect(rollout.rows).toHaveCount(9)
})

test('a release that nobody runs, and addresses that lead nowhere', async ({
  page,
  scene,
  browserConsole,
}) => {
  const orders = await scene.addComponent({ versions: ['1.0'] })
  const pack = await scene.addPack({ components: [orders] })
  const alone = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  const address = `/integration-packs/${pack.id}/releases/${alone}/rollout`
  await page.goto(address)
  await expect(page.getByText('attached to no environment that this release could reach')).toBeVisible()
  await expectAccessible(page, 'an empty rollout')

  await page.goto(`${address}?state=gone`)
  await expect(page.getByText('something that does not exist here (state)')).toBeVisible()
  browserConsole.expect(/status of 400/)
  await page.goto(`${address}?after=rubbish`)
  await expect(page.getByRole('alert')).toContainText('is not a place in this list')
  await page.getByRole('alert').getByRole('link', { name: 'Start of the list' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test("nobody else sees it: another publisher, the release's customers, whoever lacks the privilege", async ({
  page,
  scene,
  context,
  db,
  browserConsole,
}) => {
  const { address, busy } = await createRollout(scene)
  browserConsole.expect(/status of 40[34]/)
  const stranger = await createPerson(db, { accountId: await createAccount(db) })
  const operator = await scene.addPerson({ role: 'production-support' })
  const customer = await createPerson(db, { accountId: busy.accountId, role: 'administrator' })
  for (const [person, sentence] of [
    [stranger, 'There is no such release in this account.'],
    [operator, 'Seeing releases needs the privilege Integration Pack.'],
    [customer, 'The feature "Integration pack management" is not switched on for this account.'],
  ] as const) {
    await page.goto('about:blank')
    await context.clearCookies()
    await signInByCookie(context, person)
    await page.goto(address)
    await expect(page.getByRole('main')).toContainText(sentence)
    await expect(rolloutPage(page).table).toHaveCount(0)
  }
})

test('by keyboard alone, on a narrow screen', async ({ page, scene }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const { address } = await createRollout(scene)
  const rollout = rolloutPage(page)
  const keys = keyboard(page)
  await page.goto(address)
  await expect(rollout.rows).toHaveCount(4)
  await expectNoSidewaysScroll(page, 'a rollout')
  await expectAccessible(page, 'a rollout on a narrow screen')
  await keys.use(rollout.only('Active'), 'Space')
  await expect(rollout.rows).toHaveCount(1)
  await expect(rollout.only('Active')).toBeFocused()
  await keys.use(rollout.only('Active'))
  await expect(rollout.rows).toHaveCount(4)
  await keys.tabTo(rollout.retry, { backwards: true })
  await keys.press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('1 node will fetch')
})
