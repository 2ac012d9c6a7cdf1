import { readFile, writeFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { goOffline } from './fixtures/offline.ts'
import { test } from './fixtures/test.ts'

const uploadField = (page: Page) => page.locator('input[type="file"]')

test('create a component, upload its content, package it, compare two versions', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 409/)
  test.setTimeout(90_000)
  await page.goto('/components')
  await expect(page.getByText('There are no components yet')).toBeVisible()
  await expectAccessible(page, 'no components yet')

  await test.step('create it', async () => {
    await page.getByRole('button', { name: 'Create Component' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create Component' })
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Orders to ERP')
    await dialog
      .getByRole('combobox', { name: 'Folder' })
      .or(dialog.getByRole('textbox', { name: 'Folder' }))
      .fill('Orders/ERP')
    await expectAccessible(page, 'creating a component')
    await dialog.getByRole('button', { name: 'Create Component' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Orders to ERP' })).toBeVisible()
    await expect(page.getByText('This component has no content yet.')).toBeVisible()
  })

  await test.step('upload two revisions, by the file dialog and by drag and drop', async () => {
    await uploadField(page).setInputFiles(
      file('orders.xml', '<process>\n  <step type="map" field="a"/>\n</process>\n'),
    )
    await expect(page.getByText('orders.xml is revision 1 now.')).toBeVisible()
    await page.getByRole('link', { name: 'Create Packaged Component' }).click()
    await expect(
      page.getByRole('heading', { level: 1, name: 'Create Packaged Component: Select Components' }),
    ).toBeFocused()
    await expect(page.getByRole('checkbox', { name: /Orders to ERP/ })).toBeChecked()
    await expectAccessible(page, 'packaging: select components')
    await page.getByRole('button', { name: 'Next: Add Details' }).click()
    await expect(
      page.getByRole('heading', { level: 1, name: 'Create Packaged Component: Add Details' }),
    ).toBeFocused()
    await expect(page.getByRole('textbox', { name: 'Version' })).toHaveAttribute('placeholder', '1.0')
    await expect(page.getByRole('switch', { name: 'Sharing allowed' })).not.toBeChecked()
    await page.getByRole('switch', { name: 'Sharing allowed' }).check()
    await page.getByRole('textbox', { name: 'Notes' }).fill('The first version.')
    await expectAccessible(page, 'packaging: add details')
    await page.getByRole('button', { name: 'Create Packaged Component' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Packaged components created' })).toBeFocused()
    await expect(page.getByRole('row', { name: /Orders to ERP/ })).toContainText('1.0')
    await expectAccessible(page, 'packaged')

    await page.goto('/components')
    await page.getByRole('link', { name: 'Orders to ERP', exact: true }).click()
    await drop(page, 'orders-2.xml', '<process>\n  <step type="map" field="b"/>\n</process>\n')
    await expect(page.getByText('orders-2.xml is revision 2 now.')).toBeVisible()
    await uploadField(page).setInputFiles(
      file('again.xml', '<process>\n  <step type="map" field="b"/>\n</process>\n'),
    )
    await expect(
      page.getByText('again.xml has the same content as revision 2. Nothing was added.'),
    ).toBeVisible()
    await expectAccessible(page, 'a component')
  })

  await test.step('the next version gets the next number by itself', async () => {
    await page.getByRole('link', { name: 'Create Packaged Component' }).click()
    await page.getByRole('button', { name: 'Next: Add Details' }).click()
    await expect(page.getByRole('textbox', { name: 'Version' })).toHaveAttribute('placeholder', '2.0')
    await page.getByRole('textbox', { name: 'Version' }).fill('1.0')
    await page.getByRole('button', { name: 'Create Packaged Component' }).click()
    await expect(page.getByRole('alert')).toContainText('This component has had a package of that version')
    await page.getByRole('textbox', { name: 'Version' }).fill('')
    await page.getByRole('button', { name: 'Create Packaged Component' }).click()
    await expect(page.getByRole('row', { name: /Orders to ERP/ })).toContainText('2.0')
    await page.getByRole('link', { name: 'Close' }).click()
  })

  await test.step('compare the two', async () => {
    const table = page.getByRole('table', { name: 'Packaged Components' })
    await expect(table.getByRole('row')).toHaveCount(3)
    await expectAccessible(page, 'packaged components')
    await act(page, 'Orders to ERP 2.0', 'Compare two versions')
    const dialog = page.getByRole('dialog', { name: 'Compare two versions' })
    await expectAccessible(page, 'choosing what to compare with')
    await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Compare two versions' })).toBeFocused()
    await expect(page).toHaveTitle('Compare Orders to ERP · Packline')
    await expect(page.getByText('1 line added, 1 line removed, from version 1.0 to 2.0.')).toBeVisible()
    const lines = page.getByRole('table', { name: 'Changed lines' })
    await expect(lines.getByRole('row', { name: /− removed/ })).toContainText('field="a"')
    await expect(lines.getByRole('row', { name: /\+ added/ })).toContainText('field="b"')
    await expectAccessible(page, 'a comparison')
  })

  await test.step('and from their history', async () => {
    await page.goto('/packaged-components')
    await act(page, 'Orders to ERP 2.0', 'Version history')
    const history = page.getByRole('dialog', { name: 'Version history' })
    await expect(history.getByText('Select two versions to compare them; 0 selected.')).toBeVisible()
    await history.getByRole('checkbox', { name: 'Orders to ERP 2.0' }).check()
    await history.getByRole('checkbox', { name: 'Orders to ERP 1.0' }).check()
    await history.getByRole('button', { name: 'Compare 1.0 with 2.0' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Compare two versions' })).toBeFocused()
    await expect(page.getByText('1 line added, 1 line removed, from version 1.0 to 2.0.')).toBeVisible()
  })

  expect(
    await scene.db.packagedComponent.findMany({
      where: { accountId: scene.accountId },
      orderBy: { ordinal: 'asc' },
    }),
  ).toMatchObject([
    { version: '1.0', shareable: true, notes: 'The first version.' },
    { version: '2.0', shareable: false },
  ])
})

test('a version that is in use is not deleted; another one is, and comes back', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 409/)
  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ components: [orders] })
  await page.goto('/packaged-components')
  const table = page.getByRole('table', { name: 'Packaged Components' })

  await act(page, 'Orders to ERP 2.0', 'Delete Packaged Component')
  const dialog = page.getByRole('dialog', { name: 'Delete Packaged Component' })
  await dialog.getByRole('button', { name: 'Delete Packaged Component' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    `it waits for the next release of the integration pack “${pack.name}”`,
  )
  await expectAccessible(page, 'a refused deletion')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await act(page, 'Orders to ERP 1.0', 'Delete Packaged Component')
  await dialog.getByRole('button', { name: 'Delete Packaged Component' }).click()
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Orders to ERP 1.0 was deleted.')
  await expect(table.getByRole('row')).toHaveCount(2)

  await page.getByRole('checkbox', { name: 'Show Deleted Packaged Components' }).click()
  await expect(table.getByRole('row', { name: /1\.0/ })).toContainText('Deleted')
  await act(page, 'Orders to ERP 1.0', 'Restore Packaged Component')
  await page.getByRole('dialog').getByRole('button', { name: 'Restore Packaged Component' }).click()
  await expect(table.getByRole('row', { name: /1\.0/ })).toContainText('Active')
})

test('the details tell where a version is used, and the way to it is an address', async ({ page, scene }) => {
  const orders = await scene.addComponent({ versions: [{ version: '1.0', notes: 'For the pilot.' }] })
  const pack = await scene.addPack({ components: [orders], description: 'From order to cash' })
  const releaseId = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  const customer = await scene.addCustomer({ packId: pack.id, releaseId })

  await page.goto('/packaged-components')
  await act(page, 'Orders to ERP 1.0', 'View details')
  const panel = page.getByRole('dialog', { name: 'Packaged Component details' })
  await expect(panel.getByText('For the pilot.')).toBeVisible()
  await expectAccessible(page, 'details of a package')
  await panel.getByRole('tab', { name: /Deployments/ }).click()
  await expect(panel.getByRole('row', { name: new RegExp(customer.accountName) })).toContainText(
    'Environment 1',
  )
  await expectAccessible(page, 'deployments of a package')
  await panel.getByRole('tab', { name: /Integration Packs/ }).click()
  await expect(panel.getByRole('row', { name: new RegExp(pack.name) })).toContainText(
    'In the current release',
  )
  await page.reload()
  await panel.getByRole('link', { name: `View Integration Pack ${pack.name}` }).click()
  await expect(page.getByRole('heading', { level: 2, name: pack.name })).toBeVisible()
})

test('a component that is in a released pack is not deleted, and the packs are named', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 409/)
  const orders = await scene.addComponent()
  const pack = await scene.addPack({ components: [orders] })
  await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  await page.goto(`/components/${orders.id}`)
  await page.getByRole('button', { name: 'Delete Component' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete the component ${orders.name}?` })
  await dialog.getByRole('button', { name: 'Delete Component' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    `This component is in the integration pack “${pack.name}”.`,
  )
  await expect(dialog.getByRole('list', { name: 'Integration packs with this component' })).toContainText(
    pack.name,
  )
  await expectAccessible(page, 'a component that stays')
})

test('26 MB are refused before they are sent, and by the server for whoever sends them all the same', async ({
  page,
  scene,
}, testInfo) => {
  const orders = await scene.addComponent()
  const tooMuch = testInfo.outputPath('everything.bin')
  await writeFile(tooMuch, Buffer.alloc(26 * 1024 * 1024, 'x'))
  await page.goto(`/components/${orders.id}`)
  await uploadField(page).setInputFiles(tooMuch)
  await expect(page.getByRole('alert')).toHaveText('everything.bin has 26 MB; at most 25 MB can be uploaded.')
  await expectAccessible(page, 'a file that is too large')

  const answer = await page.request.put(`/api/v1/components/${orders.id}/content`, {
    headers: { 'X-Packline-Request': '1', 'content-type': 'application/octet-stream' },
    data: await readFile(tooMuch),
    timeout: 30_000,
  })
  expect(answer.status()).toBe(413)
  expect(await answer.json()).toMatchObject({
    message: expect.stringContaining('larger than 25 MB. Nothing was kept'),
  })
  expect((await scene.db.component.findUniqueOrThrow({ where: { id: orders.id } })).currentRevision).toBe(1)
})

test('a broken upload is told, and trying again sends the same file', async ({
  page,
  context,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/ERR_INTERNET_DISCONNECTED/)
  const orders = await scene.addComponent()
  await page.goto(`/components/${orders.id}`)
  await expect(page.getByRole('heading', { level: 1, name: orders.name })).toBeVisible()
  await goOffline(page)
  await uploadField(page).setInputFiles(file('tunnel.xml', '<process/>'))
  await expect(page.getByRole('alert')).toContainText('tunnel.xml could not be uploaded')
  await context.setOffline(false)
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('tunnel.xml is revision 2 now.')).toBeVisible()
})

const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/xml',
  buffer: Buffer.from(text),
})

async function act(page: Page, packageName: string, what: string) {
  await page.getByRole('button', { name: `Actions for ${packageName}` }).click()
  await page.getByRole('button', { name: what, exact: true }).click()
}

async function drop(page: Page, name: string, text: string) {
  const files = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content ?? ''], fileName ?? '', { type: 'application/xml' }))
      return transfer
    },
    [name, text],
  )
  await page.getByText('Upload a new revision').dispatchEvent('drop', { dataTransfer: files })
}
