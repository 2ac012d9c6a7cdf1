import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPackageVersion, nextVersion } from './package-version.ts'

describe('package version text', () => {
  test.each(['1.0', 'Version 1.0', 'Alpha Release', '2026-11-20', 'v1_2', 'Größe 1', 'x', 'x'.repeat(64)])(
    '%s is accepted',
    (text) => {
      expect(checkPackageVersion(text, [])).toEqual({ kind: 'ok', version: text })
    },
  )

  test.each([
    ['1/0', 'version-invalid'],
    ['<b>', 'version-invalid'],
    ['.hidden', 'version-invalid'],
    ['-1', 'version-invalid'],
    ['🍏', 'version-invalid'],
    ['x'.repeat(65), 'version-too-long'],
  ])('%s is refused', (text, reason) => {
    expect(checkPackageVersion(text, [])).toEqual({ kind: 'refused', reason })
  })

  test('spaces around do not count', () => {
    expect(checkPackageVersion(' 1.0 ', [])).toEqual({ kind: 'ok', version: '1.0' })
  })
})

describe('R-20 (component, version text) is unique, deleted ones included', () => {
  test('a taken version is refused', () => {
    expect(checkPackageVersion('1.0', ['1.0'])).toEqual({ kind: 'refused', reason: 'version-taken' })
  })

  test('letter case makes another version', () => {
    expect(checkPackageVersion('1.0-RC', ['1.0-rc']).kind).toBe('ok')
  })
})

describe('R-21 no version given: the next number', () => {
  test.each<[string[], string]>([
    [[], '1.0'],
    [['1.0'], '2.0'],
    [['1.0', '1.1', '1.2'], '2.0'],
    [['3.0', '1.0'], '4.0'],
    [['2'], '3.0'],
    [['Alpha Release'], '1.0'],
    [['9.0', '10.0'], '11.0'],
    [['2026.11.20'], '2027.0'],
    [['99999999999999999999.0'], '1.0'],
    [['999999999.0', '1000000000.0'], '1000000001.0'],
  ])('after %j comes %s', (taken, next) => {
    expect(nextVersion(taken)).toBe(next)
    expect(checkPackageVersion(' ', taken)).toEqual({ kind: 'ok', version: next })
  })

  test('is never taken', () => {
    const anyVersion = fc.oneof(
      fc.nat(20).map((n) => `${n}.0`),
      fc.nat(20).map(String),
      fc.tuple(fc.nat(20), fc.nat(20)).map((pair) => pair.join('.')),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(anyVersion), (taken) => {
        expect(taken).not.toContain(nextVersion(taken))
      }),
    )
  })
})
