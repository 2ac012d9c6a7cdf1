import { matchPath } from 'react-router'
import { expect, test } from 'vitest'
import { paths, requireParam, routePatterns, safeReturnPath } from './paths.ts'

const id = '0190a7c2-0000-7000-8000-000000000001'

test.each([
  [paths.components(), routePatterns.components],
  [paths.component(id), routePatterns.component],
  [paths.packagedComponents(), routePatterns.packagedComponents],
  [paths.createPackages(), routePatterns.createPackages],
  [paths.comparePackages(id, id), routePatterns.comparePackages],
  [paths.packs(), routePatterns.packs],
  [paths.pack(id), routePatterns.pack],
  [paths.releaseWizard(id), routePatterns.releaseWizard],
  [paths.releaseHistory(id), routePatterns.releaseHistory],
  [paths.release(id, id), routePatterns.release],
  [paths.help(), routePatterns.help],
  [paths.help('account-groups'), routePatterns.help],
  [paths.userInformation(), routePatterns.userInformation],
])('%s is matched by %s', (path, pattern) => {
  expect(matchPath(pattern, path)).not.toBeNull()
})

test('queries are written only where there is something to write', () => {
  expect(paths.releaseWizard(id, { step: 'schedule', rollBackTo: 'r 1' })).toBe(
    `/integration-packs/${id}/release?step=schedule&rollBackTo=r+1`,
  )
  expect(paths.packagedComponents({ search: '' })).toBe('/packaged-components')
  expect(paths.component('a/b')).toBe('/components/a%2Fb')
})

test('the way to sign-in keeps the way back, with its draft', () => {
  const draft = paths.releaseWizard(id, { step: 'schedule' })
  const signIn = new URL(paths.signIn(draft), 'https://packline.test')
  expect(safeReturnPath(signIn.searchParams.get('returnTo'))).toBe(draft)
  expect(paths.signIn('/')).toBe('/sign-in')
})

test.each([
  [null],
  [''],
  ['https://elsewhere.example/'],
  ['//elsewhere.example/path'],
  ['/\\elsewhere.example'],
  ['/\t/elsewhere.example'],
  ['javascript:alert(1)'],
  ['integration-packs'],
])('%s is no way back', (returnTo) => {
  expect(safeReturnPath(returnTo)).toBe('/')
})

test('a parameter that the route lacks is a mistake', () => {
  expect(requireParam({ packId: id }, 'packId')).toBe(id)
  expect(() => requireParam({}, 'packId')).toThrow('packId')
})
