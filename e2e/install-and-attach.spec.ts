import { expect } from '@playwright/test'
import { installationPage } from './fixtures/installation-page.ts'
import { test } from './fixtures/managed-account.ts'

test('a pack of type Multiple Attachments: found, named, attached in the same step, uninstalled', async ({
  scene,
  managed,
}) => {
  managed.browserConsole.expect(/status of 409/)
  const component = await scene.addComponent({ name: 'Carrier labels' })
  const pack = await scene.addPack({
    name: 'Shipment Notices',
    type: 'MULTI',
    components: [component],
    description: 'One installation for each depot.',
  })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  await managed.share(pack.id)
  await managed.addEnvironment('Harbour')
  await managed.addEnvironment('Airport')
  const { page } = managed
  const deploy = installationPage(page)
  const { browse } = deploy

  await test.step('the filter finds it, and Escape clears the filter', async () => {
    await page.goto('/installations')
    await expect(page.getByRole('main')).toContainText(
      'No integration pack is installed in this account yet.',
    )
    await page.getByRole('button', { name: 'Browse Integration Packs' }).click()
    const filter = browse.getByRole('searchbox', { name: 'Filter Integration Packs' })
    await filter.fill('no such pack')
    await expect(browse).toContainText('No integration pack has “no such pack” in its name.')
    await filter.press('Escape')
    await expect(filter).toHaveValue('')
    await filter.fill('ment not')
    await expect(browse.getByRole('listitem')).toHaveText([/^Shipment Notices/])
  })

  const name = browse.getByLabel('Choose new process name (optional)')
  const complete = browse.getByRole('button', { name: 'Complete Installation' })
  await test.step('it is installed under a name and attached', async () => {
    await browse.getByRole('button', { name: 'View Shipment Notices' }).click()
    await expect(browse).toContainText('One installation for each depot.')
    await browse.getByText('Attach it in the same step').click()
    await browse.getByRole('option', { name: /^Harbour/ }).click()
    await browse.getByRole('button', { name: 'Install', exact: true }).click()
    await expect(name).toHaveValue('Shipment Notices')
    await browse.getByRole('button', { name: 'Back', exact: true }).click()
    await expect(browse).toContainText('1 environment selected')
    await browse.getByRole('button', { name: 'Install', exact: true }).click()
    await name.fill('Harbour notices')
    await complete.click()
    await expect(browse.getByRole('heading', { name: 'Installed' })).toBeFocused()
    await expect(browse).toContainText('Harbour notices, version 1.')
    await expect(browse).toContainText('It is attached to 1 environment: Harbour.')
    await browse.getByRole('button', { name: 'Close' }).last().click()
    await expect(browse).toBeHidden()
  })

  await test.step('a second one needs a name of its own', async () => {
    await page.goto(`/installations?browse=${pack.id}`)
    await browse.getByRole('button', { name: 'Install', exact: true }).click()
    await name.fill('harbour NOTICES')
    await complete.click()
    const problems = browse.getByRole('alert')
    await expect(problems).toContainText('This account already has an installation of that name.')
    await expect(problems).toBeFocused()
    await name.fill('')
    await complete.click()
    await browse.getByRole('link', { name: 'Integration Packs' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Shipment Notices' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Components of this integration pack' })).toContainText(
      'Shipment Notices - Carrier labels',
    )
    await expect(
      page.getByRole('navigation', { name: 'Installed integration packs' }).getByRole('link'),
    ).toHaveText([/^Harbour notices/, /^Shipment Notices/])
  })

  await test.step('several environments are attached and detached at once', async () => {
    await expect(page.getByRole('button', { name: '<< Attach Selected' })).toBeDisabled()
    await expect(page.getByText('Select environments under Unattached Environments to attach.')).toBeVisible()
    await page.getByRole('button', { name: 'Select all of Unattached Environments' }).click()
    await page.getByRole('button', { name: '<< Attach Selected' }).click()
    await expect(deploy.attached.getByRole('option')).toHaveText([/^Airport/, /^Harbour/])
    await expect(page.getByText('It is attached to every environment of this account.')).toBeVisible()
    await deploy.attached.press('Control+a')
    await page.getByRole('button', { name: 'Unattach Selected >>' }).click()
    await page
      .getByRole('dialog', { name: /from 2 environments\?$/ })
      .getByRole('button', { name: 'OK' })
      .click()
    await expect(page.getByText('Attached nowhere yet.')).toBeVisible()
  })

  await test.step('uninstalling detaches first and leaves the others alone', async () => {
    await page
      .getByRole('navigation', { name: 'Installed integration packs' })
      .getByRole('link', { name: 'Harbour notices' })
      .click()
    await page.getByRole('button', { name: 'Uninstall this integration pack' }).click()
    const dialog = page.getByRole('dialog', { name: 'Uninstall “Harbour notices”?' })
    await expect(dialog).toContainText('It is detached from 1 environment first')
    await expect(dialog.getByRole('list', { name: 'Environments to unattach' })).toContainText('Harbour')
    await dialog.getByRole('button', { name: 'OK' }).click()
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
      '“Harbour notices” was uninstalled from this account.',
    )
    await expect(page.getByRole('heading', { level: 2, name: 'Shipment Notices' })).toBeVisible()
    await expect(
      page.getByRole('navigation', { name: 'Installed integration packs' }).getByRole('link'),
    ).toHaveText([/^Shipment Notices/])
  })
})
