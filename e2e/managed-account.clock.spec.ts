import { expect } from '@playwright/test'
import { attachmentsOf } from './fixtures/customers.ts'
import { environmentPage } from './fixtures/environment-page.ts'
import { installationPage } from './fixtures/installation-page.ts'
import { test } from './fixtures/managed-account.ts'

const packName = 'Order to Cash'
/** Large enough for a slow Atom to be seen fetching it. */
const texts = {
  orders: { '1.0': 'orders as they were', '2.0': 'orders with discounts '.repeat(3_000) },
  invoices: { '1.0': 'invoices' },
}
const firstRelease = [texts.orders['1.0'], texts.invoices['1.0']]
const secondRelease = [texts.orders['2.0'], texts.invoices['1.0']]

test('install, attach, apply early in one environment, detach and attach again, and everybody is there on the date', async ({
  page: publisherPage,
  scene,
  managed,
  atoms,
  db,
}) => {
  test.setTimeout(180_000)
  const orders = await scene.addComponent({
    name: 'Orders to ERP',
    versions: Object.entries(texts.orders).map(([version, text]) => ({ version, text })),
  })
  const invoices = await scene.addComponent({
    name: 'Invoice sync',
    versions: [{ version: '1.0', text: texts.invoices['1.0'] }],
  })
  const pack = await scene.addPack({
    name: packName,
    components: [orders, invoices],
    description: 'From the order to the invoice.',
  })
  const first = await scene.release(pack.id, [
    { component: orders, version: '1.0' },
    { component: invoices, version: '1.0' },
  ])
  await managed.share(pack.id)
  const depot = await scene.addCustomer({ packId: pack.id, releaseId: first })
  const production = await managed.addEnvironment('Production')
  const staging = await managed.addEnvironment('Staging')

  const { page } = managed
  const deploy = installationPage(page)
  const updates = environmentPage(page)

  /** The publisher's page, which is left open and follows by itself. */
  const rollout = publisherPage.getByRole('table', { name: 'Rollout of this release' })
  const expectRollout = async (rows: [place: string, state: string][]) => {
    await expect(rollout.getByRole('row')).toHaveCount(1 + rows.length)
    for (const [place, state] of rows) {
      const row = rollout.getByRole('row').filter({ hasText: place }).filter({ hasText: state })
      await expect(row, `${place}: ${state}`).toHaveCount(1, { timeout: 30_000 })
    }
  }

  const installationId = await test.step('install it', async () => {
    await deploy.openBrowse()
    await deploy.browse.getByRole('button', { name: `View ${packName}` }).click()
    await expect(deploy.browse.getByRole('heading', { name: packName })).toBeFocused()
    await expect(deploy.browse).toContainText('From the order to the invoice.')
    await deploy.browse.getByRole('button', { name: 'Install', exact: true }).click()
    await expect(deploy.browse.getByRole('heading', { name: 'Installed' })).toBeFocused()
    await deploy.browse.getByRole('link', { name: 'Integration Packs' }).click()
    await expect(page.getByRole('heading', { level: 2, name: packName })).toBeVisible()
    return new URL(page.url()).pathname.split('/').at(-1) ?? ''
  })

  await test.step('attach it to two environments', async () => {
    await deploy.attach('Production', 'Staging')
    await expect(deploy.attached.getByRole('option')).toHaveCount(2)
    await expect(deploy.option(deploy.attached, 'Production')).toContainText(
      'Version 1 · Up to date · Production · no Atom',
    )
  })

  const slow = await test.step('add an Atom on the screen, and run its install command', async () => {
    await page.goto(`/atom-management/environments/${production.id}`)
    await page.getByRole('button', { name: 'Add Atom' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add Atom' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('kitchen')
    await dialog.getByRole('button', { name: 'Add Atom' }).click()
    await expect(dialog).toContainText('Shown once.')
    const command = await dialog.getByRole('code').innerText()
    await dialog.getByRole('button', { name: 'Done' }).click()
    const atom = await atoms.install({ command, slowBytesPerSecond: 25_000 })
    await expect(page.getByRole('heading', { level: 2, name: 'kitchen' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Online', { timeout: 30_000 })
    return atom
  })
  const fast = await managed.addAtom(staging.id, { name: 'cellar' })

  const inProduction = (await managed.getRow(production.id)).attachmentId
  const inStaging = (await managed.getRow(staging.id)).attachmentId
  await slow.expectActive(inProduction, { releaseId: first, texts: firstRelease })
  await fast.expectActive(inStaging, { releaseId: first, texts: firstRelease })

  const second = await scene.schedule(
    pack.id,
    [
      { component: orders, version: '2.0' },
      { component: invoices, version: '1.0' },
    ],
    '2027-03-03',
  )

  await test.step('apply the pending update in one environment', async () => {
    await updates.open(production.id)
    await updates.expectVersions(packName, ['1', '2'])
    await expect(updates.deliveries(packName)).toContainText(['Active'])
    await expect(updates.table).toContainText(/Orders to ERP\s*update 1\.0/)
    await updates.applyButton.click()
    await expect(updates.applyDialog).toContainText(`${packName} version 1`)
    await expect(updates.applyDialog).toContainText('Otherwise it arrives by itself on Wed 3 Mar 2027')
    await expect(updates.applyDialog).toContainText('Applying cannot be undone.')
    await updates.applyDialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(updates.applyDialog).toBeHidden()
    await updates.expectVersions(packName, ['1', '2'])

    await updates.applyButton.click()
    await updates.applyDialog.getByRole('button', { name: 'OK' }).click()
    await expect(updates.result).toContainText(`${packName} is on version 2 now.`)
    await expect(updates.result).toBeFocused()
    // The table follows the Atom by itself.
    await expect(updates.deliveries(packName)).toContainText([/Downloading \d+ % of/])
    await expect(updates.deliveries(packName)).toContainText(['Active'], { timeout: 30_000 })
    await updates.expectVersions(packName, ['2', ''])
    await expect(updates.applyButton).toBeHidden()
    await expect(updates.table).toContainText('Applied by hand')
    await expect(updates.table).toContainText(
      'No other update of this integration pack can be applied by hand until everybody has this one',
    )
  })
  await slow.expectActive(inProduction, { releaseId: second, texts: secondRelease })
  await fast.expectActive(inStaging, { releaseId: first, texts: firstRelease })
  await publisherPage.goto(`/integration-packs/${pack.id}/releases/${second}/rollout`)
  await expectRollout([
    [depot.accountName, 'Awaiting release'],
    ['Production', 'Active Applied early'],
    ['Staging', 'Awaiting release'],
  ])

  await test.step('detach it there, warned of what is lost, and attach it again', async () => {
    await deploy.open(installationId)
    await deploy.askToDetach('Production')
    await expect(deploy.detachDialog).toContainText('A pending update was applied early here.')
    await deploy.detachDialog.getByRole('button', { name: 'OK' }).click()
    await expect(deploy.attached.getByRole('option')).toHaveCount(1)
    await slow.expectNothing(inProduction)

    await deploy.attach('Production')
    await expect(deploy.option(deploy.attached, 'Production')).toContainText(
      'Version 1 · Waits for the release date',
    )
    await updates.open(production.id)
    await updates.expectVersions(packName, ['1', ''])
    await expect(updates.table).toContainText(
      'it is back on the current release, and the update cannot be applied early a second time. The update arrives by itself on Wed 3 Mar 2027',
    )
    await expect(updates.applyButton).toBeHidden()
    // The other environment may still have it early.
    await updates.open(staging.id)
    await updates.expectVersions(packName, ['1', '2'])
    await expect(updates.applyButton).toBeVisible()
  })
  const again = (await managed.getRow(production.id)).attachmentId
  expect(again).not.toBe(inProduction)
  await slow.expectActive(again, { releaseId: first, texts: firstRelease })

  await test.step('on the date everybody gets it', async () => {
    await scene.setClock('2027-03-02T22:59:40Z')
    expect((await managed.getRow(staging.id)).running.id).toBe(first)
    await scene.setClock('2027-03-02T23:00:00Z')
    await scene.untilReleased(second)
    await updates.open(production.id)
    await updates.expectVersions(packName, ['2', ''])
    await expect(updates.table).toContainText('On the release date')
    await expect(updates.deliveries(packName)).toContainText(['Active'], { timeout: 30_000 })
    await updates.open(staging.id)
    await updates.expectVersions(packName, ['2', ''])
    await expect(updates.table).toContainText('Up to date')
  })
  await slow.expectActive(again, { releaseId: second, texts: secondRelease })
  await fast.expectActive(inStaging, { releaseId: second, texts: secondRelease })
  expect(await attachmentsOf(db, depot)).toMatchObject([{ releaseId: second, versionNumber: 2 }])

  await test.step('each environment got it once, and the publisher sees how far it is', async () => {
    const targets = await db.releaseTarget.findMany({
      where: { releaseId: second, accountId: managed.accountId },
      select: { attachmentId: true, how: true, fromNumber: true, toNumber: true },
    })
    const steps = { fromNumber: 1, toNumber: 2 }
    expect(targets).toHaveLength(3)
    expect(targets).toEqual(
      expect.arrayContaining([
        { attachmentId: inProduction, how: 'MANUAL', ...steps },
        { attachmentId: again, how: 'AUTOMATIC', ...steps },
        { attachmentId: inStaging, how: 'AUTOMATIC', ...steps },
      ]),
    )
    await expectRollout([
      [depot.accountName, 'Atom never heard from'],
      ['Production', 'Active1 → 2'],
      // What was applied early and then detached.
      ['Production', 'Superseded Applied early'],
      ['Staging', 'Active1 → 2'],
    ])
  })
})
