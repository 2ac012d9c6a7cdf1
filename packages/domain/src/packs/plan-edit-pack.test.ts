import { describe, expect, test } from 'vitest'
import type { AccountFeature } from '../accounts/features.ts'
import { checkPackName } from './pack-name.ts'
import { packTypeChoices, packTypeTable } from './pack-type.ts'
import { planCreatePack } from './plan-create-pack.ts'
import { planEditPack } from './plan-edit-pack.ts'

const single = { name: 'Orders', description: 'Old', type: 'SINGLE' } as const
const multi = { ...single, type: 'MULTI' } as const
const onlyPacks = new Set<AccountFeature>(['integration-pack-management'])
const multiInstall = new Set<AccountFeature>(['integration-pack-management', 'multi-install'])

describe('R-2 Multiple Attachments needs the multi-install feature', () => {
  test('without it the only type is Single Attachment', () => {
    expect(packTypeChoices(onlyPacks)).toEqual(['SINGLE'])
    expect(planCreatePack(multi, onlyPacks)).toEqual({ kind: 'refused', reason: 'type-not-available' })
  })

  test('with it both are there, Single Attachment first', () => {
    expect(packTypeChoices(multiInstall)).toEqual(['SINGLE', 'MULTI'])
    expect(planCreatePack(multi, multiInstall)).toEqual({ kind: 'planned', ...multi })
  })

  test('the types are called as in the product', () => {
    expect(packTypeTable.SINGLE.label).toBe('Single Attachment')
    expect(packTypeTable.MULTI.label).toBe('Multiple Attachments')
  })
})

describe('R-3, D-11 name and description', () => {
  test.each([
    ['', 'name-empty'],
    [' \t\n', 'name-empty'],
    ['x'.repeat(256), 'name-too-long'],
  ])('name %j is refused', (name, reason) => {
    expect(planCreatePack({ ...single, name }, onlyPacks)).toEqual({ kind: 'refused', reason })
  })

  test('a name is trimmed, then 1 to 255 characters', () => {
    expect(checkPackName('  Orders ')).toEqual({ kind: 'ok', name: 'Orders' })
    expect(checkPackName('x').kind).toBe('ok')
    expect(checkPackName('Cafe\u0301')).toEqual({ kind: 'ok', name: 'Caf\u00e9' })
    expect(checkPackName(` ${'x'.repeat(255)} `).kind).toBe('ok')
    expect(checkPackName('🍏'.repeat(255)).kind).toBe('ok')
  })

  test('a description is optional, 500 characters pass and 501 do not', () => {
    expect(planCreatePack({ ...single, description: '' }, onlyPacks).kind).toBe('planned')
    expect(planCreatePack({ ...single, description: 'x'.repeat(500) }, onlyPacks).kind).toBe('planned')
    expect(planCreatePack({ ...single, description: 'x'.repeat(501) }, onlyPacks)).toEqual({
      kind: 'refused',
      reason: 'description-too-long',
    })
  })
})

describe('R-4 the type is fixed at creation', () => {
  test('another type is refused, the same one is no change', () => {
    expect(planEditPack(single, { type: 'MULTI' })).toEqual({ kind: 'refused', reason: 'type-fixed' })
    expect(planEditPack(single, { type: 'SINGLE' }).kind).toBe('planned')
  })
})

describe('R-5 the name is editable for SINGLE only, the description for both', () => {
  test('SINGLE', () => {
    expect(planEditPack(single, { name: ' New ', description: 'New' })).toEqual({
      kind: 'planned',
      name: 'New',
      description: 'New',
    })
  })

  test('MULTI keeps its name', () => {
    expect(planEditPack(multi, { name: 'New' })).toEqual({ kind: 'refused', reason: 'name-fixed' })
    expect(planEditPack(multi, { name: 'Orders', description: 'New' })).toEqual({
      kind: 'planned',
      name: 'Orders',
      description: 'New',
    })
  })

  test('what is not given stays', () => {
    expect(planEditPack(single, {})).toEqual({ kind: 'planned', name: 'Orders', description: 'Old' })
  })

  test('a bad name or description is refused', () => {
    expect(planEditPack(single, { name: ' ' })).toEqual({ kind: 'refused', reason: 'name-empty' })
    expect(planEditPack(multi, { description: 'x'.repeat(501) })).toMatchObject({
      reason: 'description-too-long',
    })
  })
})
