import { expect } from '@playwright/test'
import { expectAccessible, schemesAt } from './fixtures/accessible.ts'
import { packPage } from './fixtures/pack-page.ts'
import type { Scene } from './fixtures/scene.ts'
import { expectNoSidewaysScroll, expectSoundPage } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

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
      'sign-in': '/sign-in',
      'choose an account': '/choose-account',
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
      'a rollout': `/integration-packs/${pack.id}/releases/${first}/rollout`,
      'the rollout of a scheduled release': `/integration-packs/${pack.id}/releases/${second}/rollout`,
      'the wizard, first step': `/integration-packs/${pack.id}/release?replaces=${second}`,
      'the wizard, second step': `/integration-packs/${pack.id}/release?step=schedule&option=on-date&date=${inAWeek()}&replaces=${second}`,
      'the wizard, last screen': `/integration-packs/${pack.id}/release?step=done&release=${second}`,
      'user information': '/settings/user',
      help: '/help',
      'a topic of the help': '/help/webhooks',
      'no such page': '/no/such/page',
    },
  }
}

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } }

for (const [name, viewport] of Object.entries(widths)) {
  test.describe(`${name}, ${viewport.width} px`, () => {
    test.use({ viewport })
    const schemes = schemesAt(viewport.width)

    test('every page', async ({ page, scene }) => {
      test.setTimeout(150_000)
      const { pages } = await createOneOfEach(scene)
      for (const [state, address] of Object.entries(pages)) {
        await page.goto(address)
        await expectSoundPage(page, state)
        await expectAccessible(page, state, schemes)
      }
    })

    test('dialogs, the calendar and menus', async ({ page, scene }) => {
      test.setTimeout(120_000)
      const { scheduled, pages } = await createOneOfEach(scene)
      const screen = packPage(page)
      await page.goto(scheduled)
      const open = async (button: string, dialog: string | RegExp) => {
        await page.getByRole('main').getByRole('button', { name: button, exact: true }).first().click()
        await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
        await expectAccessible(page, `dialog ${button}`, schemes)
        await expectNoSidewaysScroll(page, `dialog ${button}`)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog', { name: dialog })).toBeHidden()
      }
      await open('Create Integration Pack', 'Create Integration Pack')
      await open('Edit Details', 'Edit Integration Pack Details')
      await open('Delete this integration pack', /^Delete/)
      await open('Add Packaged Component', 'Add Packages to Integration Pack')
      await open('Remove package Orders to ERP', 'Remove Orders to ERP from the pack?')
      await open('Release now', /^Release .* now\?$/)
      await open('Cancel release', 'Cancel the scheduled release?')

      await screen.scheduled.getByRole('button', { name: 'Reschedule' }).click()
      await page.getByRole('button', { name: /^Calendar/ }).click()
      await expect(page.getByRole('grid')).toBeVisible()
      await expectAccessible(page, 'calendar in a dialog', schemes)
      await expectNoSidewaysScroll(page, 'calendar in a dialog')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)

      await page.goto(pages['the wizard, first step'])
      await open('Select another version of Orders to ERP', 'Select Version')
      await open('View Details of Orders to ERP 2.0', 'Orders to ERP 2.0')

      await page.keyboard.press('Control+k')
      await expect(page.getByRole('combobox', { name: 'Page or command' })).toBeVisible()
      await expectAccessible(page, 'command palette', schemes)
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
  context,
  scene,
  browserConsole,
}) => {
  test.setTimeout(120_000)
  browserConsole.expect(/status of 50[03]/)
  const { pages } = await createOneOfEach(scene)
  const { 'no such page': _always, 'sign-in': _there, 'choose an account': _too, ...others } = pages
  const { help: _served, 'a topic of the help': _likewise, ...failing } = others
  let status = 500
  // The session still answers: it is the screens that fail.
  const screens = /\/api\/v1\/(?!session|about|demo)/
  await context.route(screens, (route) => {
    status = status === 500 ? 503 : 500
    return route.fulfill({
      status,
      contentType: 'application/json',
      body: JSON.stringify({
        code: 'unexpected',
        message: 'Something went wrong here. Try again in a moment.',
        requestId: 'e2e-request-id',
      }),
    })
  })

  let looking = Promise.resolve()
  const expectFailure = async (state: string, address: string) => {
    const tab = await context.newPage()
    await tab.goto(address)
    const failure = tab.getByRole('alert').first()
    await expect(failure, state).toContainText('e2e-request-id', { timeout: 30_000 })
    await expect(failure.getByRole('button', { name: 'Try again' }), state).toBeVisible()
    await expectSoundPage(tab, `failed ${state}`)
    // A tab in the background does not paint, so each comes to the front when it is looked at.
    looking = looking.then(async () => {
      await tab.bringToFront()
      await expectAccessible(tab, `failed ${state}`)
    })
    await looking
    await tab.close()
  }
  // What fails is asked for twice more before it is given up, so most of this is waiting: four tabs wait together.
  const waiting = Object.entries(failing)
  const takeTurns = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await expectFailure(...next)
  }
  await Promise.all([takeTurns(), takeTurns(), takeTurns(), takeTurns()])

  await page.goto(pages.components)
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 })
  await context.unroute(screens)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('row', { name: /Orders to ERP/ })).toBeVisible()
})

const inAWeek = () => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
