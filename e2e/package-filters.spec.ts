import { expect } from '@playwright/test'
import { test } from './fixtures/test.ts'

test('search, filters and sorting are in the address', async ({ page, scene }) => {
  await scene.addComponent({ name: 'Orders to ERP', versions: ['1.0', '2.0'] })
  await scene.addComponent({ name: 'Orders API', type: 'webservice', versions: ['1.0'] })
  await scene.addComponent({
    name: 'Server certificate',
    type: 'certificate',
    versions: [{ version: '2027', shareable: false }],
  })
  await page.goto('/packaged-components')
  const rows = page.getByRole('table', { name: 'Packaged Components' }).getByRole('rowheader')
  await expect(rows).toHaveText(['Server certificate', 'Orders API', 'Orders to ERP', 'Orders to ERP'])
  await page.getByRole('searchbox', { name: 'Search by name or version' }).fill('orders')
  await expect(rows).toHaveCount(3)
  await page.getByRole('button', { name: 'Component Name' }).click()
  await expect(rows).toHaveText(['Orders API', 'Orders to ERP', 'Orders to ERP'])
  await page.getByRole('combobox', { name: 'Component Type' }).selectOption('API Service Component')
  await expect(rows).toHaveText(['Orders API'])
  await page.reload()
  await expect(rows).toHaveText(['Orders API'])
})

test('one component is found by typing, and asked for only once somebody looks for it', async ({
  page,
  scene,
}) => {
  for (const name of ['Orders to ERP', 'Orders API', 'Invoices'])
    await scene.addComponent({ name, versions: ['1.0'] })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/packaged-components')
  const rows = page.getByRole('table', { name: 'Packaged Components' }).getByRole('rowheader')
  await expect(rows).toHaveCount(3)
  const field = page.getByRole('combobox', { name: 'Component', exact: true })
  await expect(field).toHaveValue('All components')
  expect(asked).not.toContain('/api/v1/components')

  await field.click()
  const options = page.getByRole('listbox', { name: 'Component' }).getByRole('option')
  await expect(options).toHaveText(['All components', 'Invoices', 'Orders API', 'Orders to ERP'])
  await field.fill('orders')
  await expect(options).toHaveText(['Orders API', 'Orders to ERP'])
  await field.fill('nowhere')
  await expect(page.getByText('No component is called that.')).toBeVisible()
  await field.fill('api')
  await expect(options).toHaveText(['Orders API'])
  await page.keyboard.press('Enter')
  await expect(rows).toHaveText(['Orders API'])
  await expect(field).toHaveValue('Orders API')
  await page.reload()
  await expect(rows).toHaveText(['Orders API'])
  await expect(field).toHaveValue('Orders API')
})
