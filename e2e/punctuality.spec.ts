import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { createPerson, signInByCookie } from './fixtures/people.ts'
import { expectNoSidewaysScroll } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

test('nothing released yet, then a release that kept its time, as a page and as a file', async ({
  page,
  scene,
}) => {
  await page.goto('/punctuality')
  await expect(page.getByText('Nothing was due in the last 90 days.')).toBeVisible()
  await expectAccessible(page, 'no releases yet')

  const orders = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ components: [orders] })
  await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  const second = await scene.release(pack.id, [{ component: orders, version: '2.0' }])

  await page.goto('/integration-packs')
  await page.getByRole('link', { name: 'Punctuality' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Punctuality' })).toBeFocused()
  await expect(page.getByText('2 releases were due in the last 90 days.')).toContainText('none was late')
  await expect(page.getByRole('img', { name: 'Punctuality on 1 day of the last 90' })).toBeVisible()
  const row = page.getByRole('row', { name: /Release 2/ })
  await expect(row).toContainText('At once')
  await expectAccessible(page, 'punctuality')

  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download all releases of the last 90 days as CSV' }).click()
  const file = await readFile(await (await saving).path(), 'utf8')
  expect(file.trim().split('\r\n')).toHaveLength(3)
  expect(file).toContain(second)

  await row.getByRole('link', { name: 'Release 2' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Release 2/ })).toBeVisible()
})

test('on a narrow screen only the table scrolls', async ({ page, scene }) => {
  const orders = await scene.addComponent({ versions: ['1.0'] })
  const pack = await scene.addPack({ components: [orders] })
  await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/punctuality')
  await expect(page.getByRole('row', { name: /Release 1/ })).toBeVisible()
  await expectNoSidewaysScroll(page, 'punctuality')
})

test('whoever may not see releases is told why', async ({ page, scene }) => {
  const other = await createPerson(scene.db, { accountId: scene.accountId, role: 'production-support' })
  await signInByCookie(page.context(), other)
  await page.goto('/punctuality')
  await expect(page.getByText('Seeing releases needs the privilege Integration Pack.')).toBeVisible()
})
