import { expect, type Page } from '@playwright/test'
import { test } from './fixtures/managed-account.ts'

/**
 * Holds what the server says of a removal back until the screen has heard, by a hint, that something looks different,
 * and has read its lists again: the moment at which it must not ask for what is gone.
 */
async function hintBeforeAnswer(page: Page, { gone, list }: { gone: string; list: string }) {
  let isRemoved: () => void = () => undefined
  const removed = new Promise<void>((done) => {
    isRemoved = done
  })
  await page.route('**/api/v1/events', async (route) => {
    await removed
    await route.continue()
  })
  await page.route(`**/api/v1/${gone}`, async (route) => {
    if (route.request().method() !== 'DELETE') return route.fallback()
    const answer = await route.fetch()
    const readAgain = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith(list))
    isRemoved()
    await readAgain
    await route.fulfill({ response: answer })
  })
}

test('an installation that is being uninstalled', async ({ scene, managed }) => {
  const component = await scene.addComponent()
  const pack = await scene.addPack({ components: [component] })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  await managed.share(pack.id)
  const environment = await managed.addEnvironment('Harbour')
  const installation = await managed.install(pack.id, [environment.id])
  const { page } = managed
  await hintBeforeAnswer(page, { gone: `installations/${installation.id}`, list: '/installations' })

  await page.goto(`/installations/${installation.id}`)
  await page.getByRole('button', { name: 'Uninstall this integration pack' }).click()
  const dialog = page.getByRole('dialog', { name: `Uninstall “${pack.name}”?` })
  await expect(dialog.getByRole('list', { name: 'Environments to unattach' })).toContainText('Harbour')
  await dialog.getByRole('button', { name: 'OK' }).click()
  await expect(page.getByText('No integration pack is installed in this account yet.')).toBeVisible()
  expect(managed.browserConsole.unexpected(), 'complaints while it goes').toEqual([])

  await page.goto(`/installations/${installation.id}`)
  managed.browserConsole.expect(/status of 404/)
  await expect(page.getByText('There is no such installation in this account.')).toBeVisible()
})

test('an environment that is being deleted', async ({ managed }) => {
  const environment = await managed.addEnvironment('Harbour')
  const { page } = managed
  await hintBeforeAnswer(page, { gone: `environments/${environment.id}`, list: '/environments' })

  await page.goto(`/atom-management/environments/${environment.id}/integration-packs`)
  await page.getByRole('button', { name: 'Delete Environment' }).click()
  await page
    .getByRole('dialog', { name: 'Delete the environment “Harbour”?' })
    .getByRole('button', { name: 'OK' })
    .click()
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('“Harbour” was deleted')
})
