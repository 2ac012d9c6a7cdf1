import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { packPage } from './fixtures/pack-page.ts'
import type { Scene } from './fixtures/scene.ts'
import { test } from './fixtures/test.ts'

/** A pack that two accounts run in three environments, with a release scheduled for next week. */
async function openInstalledPack(page: Page, scene: Scene) {
  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ components: [orders] })
  const first = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  await scene.addCustomer({ packId: pack.id, releaseId: first, environments: 2 })
  await scene.addCustomer({ packId: pack.id, releaseId: first })
  const inAWeek = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
  await scene.schedule(pack.id, [{ component: orders, version: '2.0' }], inAWeek)
  await packPage(page).open(pack.id)
  return pack
}

test('an installed pack is deleted by somebody who has read what that undoes', async ({ page, scene }) => {
  const pack = await openInstalledPack(page, scene)
  const held = Promise.withResolvers<void>()
  await page.route('**/deletion-preview', async (route) => {
    await held.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Delete this integration pack' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete “${pack.name}”?` })
  const confirm = dialog.getByRole('button', { name: 'Delete this integration pack' })
  await expect(dialog.getByRole('status', { name: 'Counting what it means' })).toBeVisible()
  await expect(confirm).toBeDisabled()
  const { y: before } = (await confirm.boundingBox()) ?? {}

  held.resolve()
  for (const sentence of [
    'It is uninstalled from 2 accounts (2 installations).',
    '3 environments will stop running its processes: they are detached.',
    'It is taken out of 2 account groups.',
    'Its scheduled release will not go out.',
  ]) {
    await expect(dialog.getByText(sentence), sentence).toBeVisible()
  }
  expect((await confirm.boundingBox())?.y, 'the button stays where it was').toBe(before)
  await confirm.click()
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(`“${pack.name}” was deleted.`)
  const installations = await scene.db.installation.findMany({ where: { packId: pack.id } })
  expect(installations.filter(({ uninstalledAt }) => uninstalledAt === null)).toEqual([])
  expect(installations).toHaveLength(2)
})

test('nothing is confirmed whose consequences could not be counted', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 500/)
  await openInstalledPack(page, scene)
  const previews = '**/release-preview*'
  await page.route(previews, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/json',
      body: JSON.stringify({
        code: 'unexpected',
        message: 'Something went wrong here.',
        requestId: 'e2e-id',
      }),
    }),
  )
  await packPage(page).scheduled.getByRole('button', { name: 'Release now' }).click()
  const dialog = page.getByRole('dialog', { name: /^Release .* now\?$/ })
  const confirm = dialog.getByRole('button', { name: 'Release now' })
  await expect(dialog.getByRole('alert')).toContainText(
    'What this means could not be counted, so it cannot be confirmed yet.',
  )
  await expect(confirm).toBeDisabled()
  await expectAccessible(page, 'consequences that could not be counted')

  await page.unroute(previews)
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(
    dialog.getByText('It applies at once to 2 installations in 2 accounts, that is 3 environments.'),
  ).toBeVisible()
  await expect(confirm).toBeEnabled()
})
