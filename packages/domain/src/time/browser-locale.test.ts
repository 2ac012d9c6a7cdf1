import { expect, test } from 'vitest'
import { browserLocale } from './browser-locale.ts'

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
  ['en;q=0.5, fr-CH', 'fr-CH'],
  ['fr-ch', 'fr-CH'],
  ['*, pt;q=0.1', 'pt'],
  ['xx-nonsense-tag, ja', 'ja'],
  ['th-TH-u-ca-buddhist', 'th-TH'],
  ['de;q=0, es', 'es'],
  ['de;q=nonsense', null],
  ['', null],
  [undefined, null],
  ['../../etc/passwd', null],
  ['a-'.repeat(2_000), null],
])('%s means %s', (header, expected) => {
  expect(browserLocale(header)).toBe(expected)
})
