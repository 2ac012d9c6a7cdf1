import { expect } from '@playwright/test'
import { test } from './fixtures/managed-account.ts'

test('environments and Atoms are created, renamed, moved and removed, and what is in the way is said', async ({
  scene,
  managed,
}) => {
  managed.browserConsole.expect(/status of 4(09|22)/)
  const component = await scene.addComponent()
  const pack = await scene.addPack({ components: [component] })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  await managed.share(pack.id)
  const { page } = managed
  const tree = page.getByRole('navigation', { name: 'Environments and Atoms' })
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')

  await test.step('an environment needs a name and keeps its classification', async () => {
    await page.goto('/atom-management')
    await main.getByRole('button', { name: 'Create Environment' }).click()
    await dialog.getByRole('button', { name: 'Create Environment' }).click()
    await expect(dialog.getByRole('alert')).toContainText('name')
    await dialog.getByLabel('Name').fill('Kitchen')
    await dialog.getByRole('button', { name: 'Create Environment' }).click()
    await expect(main.getByRole('heading', { level: 2, name: 'Kitchen' })).toBeVisible()
    await expect(main.getByRole('definition').filter({ hasText: 'Production' })).toBeVisible()
    await main.getByRole('button', { name: 'Rename' }).click()
    await dialog.getByLabel('Name').fill('Bakery')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(main.getByRole('heading', { level: 2, name: 'Bakery' })).toBeVisible()
    await expect(tree.getByRole('link')).toHaveText([/^Bakery/])
  })
  const environmentId = new URL(page.url()).pathname.split('/').at(-1) ?? ''

  await test.step('an Atom comes with a command that is shown once', async () => {
    await main.getByRole('button', { name: 'Add Atom' }).click()
    await expect(dialog.getByRole('combobox', { name: 'Environment' })).toHaveValue('Bakery')
    await dialog.getByLabel('Name').fill('oven')
    await dialog.getByRole('button', { name: 'Add Atom' }).click()
    await expect(dialog.getByRole('code')).toContainText('--token')
    await expect(dialog).toContainText('Shown once.')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(main.getByRole('heading', { level: 2, name: 'oven' })).toBeVisible()
    await expect(main).toContainText('Given out and not used yet')
    await expect(tree.getByRole('link', { name: 'oven' })).toContainText('Unknown')
  })

  await test.step('with an Atom the environment cannot be deleted, and no question is asked', async () => {
    await tree.getByRole('link', { name: 'Bakery' }).click()
    await expect(main).toContainText(/Atom/)
    await expect(main.getByRole('button', { name: 'Delete Environment' })).toHaveCount(0)
  })

  await test.step('the Atom is taken out and then removed', async () => {
    await tree.getByRole('link', { name: 'oven' }).click()
    await main.getByRole('combobox', { name: 'Attach to environment' }).click()
    await page.getByRole('option', { name: 'No environment' }).click()
    await main.getByRole('button', { name: 'Take out' }).click()
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(tree.getByRole('heading', { name: 'In no environment' })).toBeVisible()
    await page.getByRole('link', { name: 'View Integration Pack' }).click()
    await expect(main).toContainText('oven is in no environment, so no integration pack runs on it.')
    await main.getByRole('button', { name: 'Remove Atom' }).click()
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('The Atom “oven” was removed.')
    await expect(tree.getByRole('link')).toHaveText([/^Bakery/])
  })

  await test.step('attached packs are in the way after OK', async () => {
    const { id: installationId } = await managed.install(pack.id, [environmentId])
    await page.goto(`/atom-management/environments/${environmentId}`)
    await main.getByRole('button', { name: 'Delete Environment' }).click()
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(dialog.getByRole('alert')).toContainText('integration pack')
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    const body = { environmentIds: [environmentId] }
    await managed.api.call('detach', { params: { installationId }, body })
    await main.getByRole('button', { name: 'Delete Environment' }).click()
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
      'The environment “Bakery” was deleted.',
    )
    await expect(main).toContainText('This account has no environment yet.')
  })
})

test('a thousand environments: a hundred at once, all of them found', async ({ managed }) => {
  const { db, accountId, page } = managed
  await db.environment.createMany({
    data: Array.from({ length: 1_000 }, (_, place) => ({
      accountId,
      name: `Store ${String(place).padStart(4, '0')}`,
      classification: 'PRODUCTION',
    })),
  })
  await page.goto('/atom-management')
  const tree = page.getByRole('navigation', { name: 'Environments and Atoms' })
  await expect(tree.getByRole('link')).toHaveCount(100)
  await tree.getByRole('button', { name: 'Show 100 more' }).click()
  await expect(tree.getByRole('link')).toHaveCount(200)
  await tree.getByLabel('Filter environments and Atoms').fill('0987')
  await tree.getByRole('link', { name: 'Store 0987' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Store 0987' })).toBeVisible()
  await expect(page).toHaveURL(/filter=0987/)
  await tree.getByLabel('Status').selectOption('Online')
  await expect(tree.getByRole('status')).toHaveText('No environment and no Atom fits.')
  await page.goto('/atom-management')
  await expect(page.getByRole('heading', { level: 2, name: 'Store 0000' })).toBeVisible()
})
