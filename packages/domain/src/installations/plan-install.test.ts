import { describe, expect, test } from 'vitest'
import { checkInstallationName, proposeInstallationName } from './installation-name.ts'
import { type PackToInstall, planInstall } from './plan-install.ts'
import { processName } from './process-name.ts'

const single: PackToInstall = {
  type: 'SINGLE',
  name: 'Order to Cash',
  currentReleaseId: 'r2',
  isShared: true,
  installed: 0,
}
const multi: PackToInstall = { ...single, type: 'MULTI' }

describe('who may install what', () => {
  test('R-56, D-7, D-27 an installation starts with the current release as its version 1', () => {
    expect(planInstall(single, undefined)).toEqual({
      kind: 'planned',
      name: 'Order to Cash',
      count: { deliveredCount: 1, lastDeliveredReleaseId: 'r2' },
    })
  })

  test.each<[string, Partial<PackToInstall>, string]>([
    ['R-55, D-4 not shared with the account', { isShared: false }, 'pack-not-available'],
    ['R-46, D-6 not released yet', { currentReleaseId: null }, 'pack-not-available'],
    ['R-53, D-8 Single Attachment installed already', { installed: 1 }, 'already-installed'],
  ])('%s', (_rule, facts, reason) => {
    expect(planInstall({ ...single, ...facts }, undefined)).toEqual({ kind: 'refused', reason })
  })

  test('R-53 Multiple Attachments any number of times', () => {
    expect(planInstall({ ...multi, installed: 7 }, 'Harbour').kind).toBe('planned')
  })
})

describe('R-54 what an installation is called', () => {
  test.each<['SINGLE' | 'MULTI', string | undefined, string]>([
    ['SINGLE', undefined, 'Order to Cash'],
    ['SINGLE', ' Order to Cash ', 'Order to Cash'],
    ['MULTI', undefined, 'Order to Cash'],
    ['MULTI', '  ', 'Order to Cash'],
    ['MULTI', ' Harbour\n', 'Harbour'],
    ['MULTI', 'x'.repeat(255), 'x'.repeat(255)],
  ])('%s named %j', (type, chosen, name) => {
    expect(checkInstallationName({ type, name: 'Order to Cash' }, chosen)).toEqual({ kind: 'ok', name })
  })

  test('a name of its own is refused for Single Attachment, one of 256 characters for both', () => {
    expect(planInstall(single, 'Mine')).toEqual({ kind: 'refused', reason: 'name-fixed' })
    expect(planInstall(multi, 'x'.repeat(256))).toEqual({ kind: 'refused', reason: 'name-too-long' })
  })

  test('D-11 the name proposed is one that the account does not use yet', () => {
    expect(proposeInstallationName('Orders', [])).toBe('Orders')
    expect(proposeInstallationName('Orders', ['ORDERS', 'orders 2'])).toBe('Orders 3')
    expect(proposeInstallationName('🍏'.repeat(255), ['🍏'.repeat(255)])).toBe(`${'🍏'.repeat(253)} 2`)
  })
})

test('R-60 processes of Multiple Attachments carry the name of their installation', () => {
  expect(processName({ packType: 'MULTI', name: 'Harbour' }, 'Invoice sync')).toBe('Harbour - Invoice sync')
  expect(processName({ packType: 'SINGLE', name: 'Order to Cash' }, 'Invoice sync')).toBe('Invoice sync')
})
