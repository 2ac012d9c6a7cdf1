import { expect } from '@playwright/test'
import { packPage } from './fixtures/pack-page.ts'
import { createPerson, signInByCookie } from './fixtures/people.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import { test } from './fixtures/test.ts'

test('Learn more leads into the help, from topic to topic, and back to where one was', async ({
  page,
  scene,
}) => {
  const orders = await scene.addComponent()
  const pack = await scene.addPack({ components: [orders] })
  const topic = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
  await packPage(page).open(pack.id)
  await page.getByRole('link', { name: 'Learn more about integration packs' }).click()
  await expect(topic('Releasing an integration pack')).toBeFocused()
  await expect(page).toHaveTitle('Releasing an integration pack · Help · Packline')
  await expect(page.getByRole('heading', { level: 2, name: 'While it is scheduled' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)

  await page.getByRole('navigation', { name: 'Help topics' }).getByRole('link', { name: 'Webhooks' }).click()
  await expect(topic('Webhooks')).toBeFocused()
  await expect(page.getByRole('table', { name: 'event, when' }).getByRole('row')).toHaveCount(9)
  // What is for whoever runs Packline is no help to its users.
  await expect(page.getByRole('main')).toContainText('Running Packline in production says how.')
  await expect(page.getByRole('link', { name: 'Running Packline in production' })).toHaveCount(0)
  await page.goBack()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 2, name: pack.name })).toBeVisible()

  await page.goto(`/integration-packs/${pack.id}/release?step=schedule&option=on-date&date=2099-01-01`)
  await page.getByRole('textbox', { name: 'Release notes' }).fill('Half written.')
  await page.getByRole('button', { name: /^User menu/ }).click()
  await page.getByRole('link', { name: 'Help', exact: true }).click()
  await expect(topic('Help')).toBeFocused()
  await page.goBack()
  await expect(releaseWizard(page).onDate).toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Release notes' })).toHaveValue('Half written.')
})

test('Learn more in a dialog keeps what was chosen there', async ({ page, context, scene }) => {
  await scene.addComponent()
  const pack = await scene.addPack()
  await packPage(page).open(pack.id)
  await page.getByRole('button', { name: 'Add Packaged Component' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add Packages to Integration Pack' })
  await dialog.getByRole('checkbox', { name: 'Orders to ERP' }).check()
  const opened = context.waitForEvent('page')
  await dialog.getByRole('link', { name: /^Learn more/ }).click()
  const help = await opened
  await expect(help.getByRole('heading', { level: 2, name: 'Packaged components' })).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Add 1 Selected Package' })).toBeVisible()
})

test('whoever is signed in may read the help, whatever they may do', async ({ page, context, scene, db }) => {
  const guest = await createPerson(db, { accountId: scene.accountId, privileges: [] })
  await context.clearCookies()
  await signInByCookie(context, guest)
  await page.goto('/help')
  await page.getByRole('link', { name: 'Users and roles' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Two-step sign-in', exact: true })).toBeVisible()
  await page.goto('/help/no-such-topic')
  await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to all topics' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused()
})
