import { describe, expect, test } from 'vitest'
import { process, version, versions } from '../releases/test-data/packs.ts'
import { componentTypeTable, maySharePackages } from './component-type.ts'
import { newestShareable } from './packaged-component.ts'

describe('R-14 newest means created last among the active, shareable versions', () => {
  test('the highest ordinal wins, whatever the order of the list', () => {
    expect(newestShareable('orders', versions('orders-2', 'orders-3', 'orders-1'))?.id).toBe('orders-3')
  })

  test('a newer version that is not shareable is skipped', () => {
    const packages = [...versions('orders-1'), version('orders-2', { shareable: false })]
    expect(newestShareable('orders', packages)?.id).toBe('orders-1')
  })

  test('a newer version that is deleted is skipped', () => {
    const packages = [...versions('orders-1'), version('orders-2', { isDeleted: true })]
    expect(newestShareable('orders', packages)?.id).toBe('orders-1')
  })

  test('R-23 a restored version is eligible again', () => {
    const restored = version('orders-2', { isDeleted: false })
    expect(newestShareable('orders', [...versions('orders-1'), restored])?.id).toBe('orders-2')
  })

  test('the version text says nothing about age', () => {
    const packages = [version('orders-1', { version: '9.0' }), version('orders-2', { version: '1.0' })]
    expect(newestShareable('orders', packages)?.version).toBe('1.0')
  })

  test('other components do not count', () => {
    expect(newestShareable('orders', versions('invoices-3'))).toBeUndefined()
  })
})

describe('R-9 what may be shared', () => {
  test('processes and API Services', () => {
    expect(maySharePackages(process('orders'))).toBe(true)
    expect(maySharePackages(process('orders', { type: 'webservice' }))).toBe(true)
  })

  test('not a process that contains a Process Route', () => {
    expect(maySharePackages(process('orders', { containsProcessRoute: true }))).toBe(false)
  })

  test.each(['processroute', 'certificate', 'customlibrary', 'flowservice', 'tpgroup'] as const)(
    'not a %s',
    (type) => {
      expect(maySharePackages(process('orders', { type }))).toBe(false)
    },
  )

  test('the two kinds have the names of the pack table', () => {
    expect(componentTypeTable.process.label).toBe('Process')
    expect(componentTypeTable.webservice.label).toBe('API Service Component')
  })
})
