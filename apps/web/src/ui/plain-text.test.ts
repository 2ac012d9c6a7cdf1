import { expect, test } from 'vitest'
import { isPlainText, paragraphsOf } from './plain-text.ts'

test.each([
  '',
  'Fixes rounding of taxes.',
  'Ship-to: 2.5 % faster!\nSecond line.\n\nNew paragraph, see "Orders" (v2).',
])('%j is plain', (text) => {
  expect(isPlainText(text)).toBe(true)
})

test.each([
  '**bold**',
  'snake_case_',
  '`code`',
  '# Title',
  'Title\n=====',
  'Title\n---',
  '- one\n- two',
  '+ one',
  '1. one',
  '2) two',
  '> quoted',
  '[link](https://example.com)',
  '<https://example.com>',
  '&copy;',
  '1\\. not a list',
  'break  \nhere',
  'Text\n\n    code',
  'Text\n\n\tcode',
])('%j is Markdown', (text) => {
  expect(isPlainText(text)).toBe(false)
})

test('empty lines make paragraphs', () => {
  expect(paragraphsOf('One.\n\n \n Two,\nstill two.\n')).toEqual(['One.', 'Two,\nstill two.'])
})
