import { expect, test } from 'vitest'
import { nameFiles } from './deployment-files.ts'

const one = (componentName: string, mediaType = 'application/xml', componentId = 'c1') => ({
  componentId,
  componentName,
  mediaType,
})
const nameOf = (name: string, mediaType?: string) => nameFiles([one(name, mediaType)])[0]?.fileName

test.each([
  ['Orders to ERP', 'application/xml', 'orders-to-erp.xml'],
  ['Orders API', 'application/json; charset=utf-8', 'orders-api.json'],
  ['Rücksendung', 'text/csv', 'rucksendung.csv'],
  ['../../etc/passwd', 'application/xml', 'etc-passwd.xml'],
  ['.deployment', 'application/json', 'deployment.json'],
  ['注文', 'application/xml', 'component.xml'],
  ['x', 'application/unheard-of', 'x.bin'],
  ['a'.repeat(255), 'application/xml', `${'a'.repeat(100)}.xml`],
])('%s (%s) is called %s', (name, mediaType, expected) => {
  expect(nameOf(name, mediaType)).toBe(expected)
})

test('components that would be called alike are told apart, whatever the order', () => {
  const files = [
    one('Orders', undefined, 'c1'),
    one('orders!', undefined, 'c2'),
    one('Invoices', undefined, 'c3'),
  ]
  const expected = ['orders-c1.xml', 'orders-c2.xml', 'invoices.xml']
  expect(nameFiles(files).map(({ fileName }) => fileName)).toEqual(expected)
  expect(nameFiles(files.toReversed()).map(({ fileName }) => fileName)).toEqual(expected.toReversed())
})
