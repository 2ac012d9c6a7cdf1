import { expectAccessible } from './fixtures/accessible.ts'
import { packPage } from './fixtures/pack-page.ts'
import type { Scene } from './fixtures/scene.ts'
import { expectNoSidewaysScroll, expectSoundPage } from './fixtures/sound-page.ts'
import { expect, test } from './fixtures/test.ts'

/** One of everything: a pack in its testing period with a customer, a component with two versions, a release out. */
async function createOneOfEach(scene: Scene) {
  const orders = await scene.addComponent({
    versions: ['1.0', { version: '2.0', notes: 'Discounts of each line.' }],
  })
  const pack = await scene.addPack({ components: [orders], description: 'From the order to the invoice.' })
  const first = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  await scene.addCustomer({ packId: pack.id, releaseId: first, environments: 2 })
  const second = await scene.schedule(pack.id, [{ component: orders, version: '2.0' }], inAWeek())
  const [older, newer] = orders.packages
  return {
    scheduled: `/integration-packs/${pack.id}`,
    pages: {
      components: '/components',
      component: `/components/${orders.id}`,
      'packaged components': '/packaged-components',
      'packaging, first step': '/packaged-components/create',
      'packaging, second step': `/packaged-components/create?step=details&components=${orders.id}`,
      comparison: `/packaged-components/compare/${older?.id}/${newer?.id}`,
      'details of a package': `/packaged-components?details=${newer?.id}`,
      'version history': `/packaged-components?history=${orders.id}`,
      'a pack': `/integration-packs/${pack.id}`,
      'release history': `/integration-packs/${pack.id}/releases`,
      'a release': `/integration-packs/${pack.id}/releases/${first}`,
      'a scheduled release': `/integration-packs/${pack.id}/releases/${second}`,
      'the wizard, first step': `/integration-packs/${pack.id}/release?replaces=${second}`,
      'the wizard, second step': `/integration-packs/${pack.id}/release?step=schedule&option=on-date&date=${inAWeek()}&replaces=${second}`,
      'the wizard, last screen': `/integration-packs/${pack.id}/release?step=done&release=${second}`,
      'user information': '/settings/user',
      'no such page': '/no/such/page',
    },
  }
}

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } }

for (const [name, viewport] of Object.entries(widths)) {
  test.describe(`${name}, ${viewport.width} px`, () => {
    test.use({ viewport })

    test('every page', async ({ page, scene }) => {
      test.setTimeout(150_000)
      const { pages } = await createOneOfEach(scene)
      for (const [state, address] of Object.entries(pages)) {
        await page.goto(address)
        await expectSoundPage(page, state)
        await expectAccessible(page, state)
      }
    })

    test('dialogs, the calendar and menus', async ({ page, scene }) => {
      test.setTimeout(120_000)
      const { scheduled } = await createOneOfEach(scene)
      const screen = packPage(page)
      await page.goto(scheduled)
      const open = async (button: string, dialog: string | RegExp) => {
        await page.getByRole('main').getByRole('button', { name: button, exact: true }).first().click()
        await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
        await expectAccessible(page, `dialog ${button}`)
        await expectNoSidewaysScroll(page, `dialog ${button}`)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog', { name: dialog })).toBeHidden()
      }
      await open('Create Integration Pack', 'Create Integration Pack')
      await open('Edit Details', 'Edit Integration Pack Details')
      await open('Delete this integration pack', /^Delete/)
      await open('Add Packaged Component', 'Add Packages to Integration Pack')
      await open('Release now', /^Release .* now\?$/)
      await open('Cancel release', 'Cancel the scheduled release?')

      await screen.scheduled.getByRole('button', { name: 'Reschedule' }).click()
      await page.getByRole('button', { name: /^Calendar/ }).click()
      await expect(page.getByRole('grid')).toBeVisible()
      await expectAccessible(page, 'calendar in a dialog')
      await expectNoSidewaysScroll(page, 'calendar in a dialog')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)

      await page.keyboard.press('Control+k')
      await expect(page.getByRole('combobox', { name: 'Page or command' })).toBeVisible()
      await expectAccessible(page, 'command palette')
      await page.keyboard.press('Escape')
      if (viewport.width < 400) {
        await page.getByRole('button', { name: 'Open the menu' }).click()
        await expect(page.getByRole('dialog').getByRole('navigation', { name: 'Main' })).toBeVisible()
        await expectAccessible(page, 'menu')
        await expectNoSidewaysScroll(page, 'menu')
      }
    })
  })
}

test('empty states', async ({ page, scene }) => {
  await scene.addPack()
  for (const address of [
    '/components',
    '/packaged-components',
    '/packaged-components/create',
    '/integration-packs',
  ]) {
    await page.goto(address)
    await expectSoundPage(page, `empty ${address}`)
    await expectAccessible(page, `empty ${address}`)
  }
  await page.getByRole('link', { name: 'Release history' }).click()
  await expectAccessible(page, 'empty release history')
  await page.goto('/components?search=nothing-is-called-that')
  await expectAccessible(page, 'nothing found')
})

test('failures: what happened, a way to try again, and a request id', async ({
  page,
  scene,
  browserConsole,
}) => {
  test.setTimeout(120_000)
  browserConsole.expect(/status of 50[03]/)
  const { pages } = await createOneOfEach(scene)
  let status = 500
  // The session still answers: it is the screens that fail.
  await page.route(/\/api\/v1\/(?!session|about|demo)/, (route) =>
    route.fulfill({
      status,
      contentType: 'application/json',
      body: JSON.stringify({
        code: 'unexpected',
        message: 'Something went wrong here. Try again in a moment.',
        requestId: 'e2e-request-id',
      }),
    }),
  )
  const { 'no such page': _alwaysThere, ...others } = pages
  for (const [state, address] of Object.entries(others)) {
    status = status === 500 ? 503 : 500
    await page.goto(address)
    const failure = page.getByRole('alert').first()
    await expect(failure, state).toContainText('e2e-request-id', { timeout: 20_000 })
    await expect(failure.getByRole('button', { name: 'Try again' }), state).toBeVisible()
    await expectSoundPage(page, `failed ${state}`)
  }
  await expectAccessible(page, 'failed user information')
  await page.goto(pages['a pack'])
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page, 'failed pack')

  await page.unroute(/\/api\/v1\/(?!session|about|demo)/)
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await expect(
    page
      .getByRole('table', { name: 'Packaged Components' })
      .or(page.getByRole('navigation', { name: 'Integration packs' }))
      .first(),
  ).toBeVisible()
})

const inAWeek = () => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
