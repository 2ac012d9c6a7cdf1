import { describe, expect, test } from 'vitest'
import type { ComponentType } from '../packaged-components/component-type.ts'
import { type FormerDeployment, planDeploy } from './plan-deploy.ts'

const nothingAsked = { notes: '', listenerStatus: undefined }
const deploy = (
  componentType: ComponentType,
  former?: FormerDeployment,
  asked: Partial<Parameters<typeof planDeploy>[2]> = {},
) => planDeploy({ componentType, isDeleted: false }, former, { ...nothingAsked, ...asked })

test('deployments of a component in an environment are counted', () => {
  expect(deploy('certificate')).toEqual({ kind: 'planned', version: 1, notes: '', listenerStatus: null })
  expect(deploy('certificate', { version: 4, listenerStatus: null })).toMatchObject({ version: 5 })
})

test('R-23 a deleted package is not deployed until it is restored', () => {
  const deleted = { componentType: 'process', isDeleted: true } as const
  expect(planDeploy(deleted, undefined, nothingAsked)).toEqual({ kind: 'refused', reason: 'package-deleted' })
})

test('R-24 control characters are stripped from notes, and notes have an end', () => {
  expect(deploy('process', undefined, { notes: 'As \u0007agreed' })).toMatchObject({ notes: 'As agreed' })
  expect(deploy('process', undefined, { notes: 'x'.repeat(5_001) })).toEqual({
    kind: 'refused',
    reason: 'notes-too-long',
  })
})

describe('the listener', () => {
  test.each<[ComponentType, string | undefined, FormerDeployment['listenerStatus'], string | null]>([
    ['webservice', undefined, null, 'RUNNING'],
    ['webservice', 'paused', null, 'PAUSED'],
    ['webservice', undefined, 'PAUSED', 'PAUSED'],
    ['webservice', 'nonsense', 'PAUSED', 'PAUSED'],
    ['webservice', 'RUNNING', 'PAUSED', 'RUNNING'],
    ['process', undefined, null, null],
    ['process', 'PAUSED', null, 'PAUSED'],
    ['certificate', 'PAUSED', null, null],
  ])('of type %s, asked %s after %s: %s', (type, listenerStatus, before, expected) => {
    const former = before === null ? undefined : { version: 1, listenerStatus: before }
    expect(deploy(type, former, { listenerStatus })).toMatchObject({ listenerStatus: expected })
  })
})
