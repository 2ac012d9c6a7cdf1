import { expect, test } from 'vitest'
import { atOnceText, type Reach, reachText } from './reach-text.ts'

const sentences = {
  reaching: 'Applies to',
  reachingNobody: 'Nobody is updated',
  installedNowhere: 'Installed nowhere yet.',
}
const reached = (installations: number, unsharedInstallations: number): Reach => ({
  installations,
  accounts: installations,
  environments: installations * 2,
  unsharedInstallations,
})

test.each([
  [reached(0, 0), 'Installed nowhere yet.'],
  [reached(2, 0), 'Applies to 2 installations in 2 accounts, that is 4 environments.'],
  [reached(0, 1), 'Nobody is updated: 1 installation is no longer shared and gets no further release.'],
  [
    reached(1, 3),
    'Applies to 1 installation in 1 account, that is 2 environments. 3 more are no longer shared and get no further release.',
  ],
])('says whom a release reaches, and who only has the pack still: %j', (reach, text) => {
  expect(reachText(reach, sentences)).toBe(text)
})

test('what nobody notices needs no warning that it cannot be undone', () => {
  expect(atOnceText(reached(1, 0))).toContain('cannot be undone')
  expect(atOnceText(reached(0, 2))).not.toContain('cannot be undone')
})
