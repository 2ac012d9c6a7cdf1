import { describe, expect, test } from 'vitest'
import { cleanLine, cleanLines, countCharacters } from './clean-text.ts'
import { checkNotes } from './notes.ts'

describe('R-24 control characters are stripped from notes', () => {
  test.each([
    ['NUL and bell go', 'a\u0000b\u0007c', 'abc'],
    ['the C1 range and DEL go', 'a\u0085b\u009fc\u007fd', 'abcd'],
    ['line ends and tabs stay', 'a\tb\nc', 'a\tb\nc'],
    ['Windows and old Mac line ends become one kind', 'a\r\nb\rc', 'a\nb\nc'],
    ['space around goes', '  \n a \n ', 'a'],
    ['other scripts and emoji stay', 'Größe 価格 🍏', 'Größe 価格 🍏'],
    ['half a surrogate pair is replaced', 'a\ud800b', 'a\ufffdb'],
    ['one form for composed letters', 'e\u0301', 'é'],
  ])('%s', (_what, text, cleaned) => {
    expect(cleanLines(text)).toBe(cleaned)
  })

  test('5,000 characters are accepted, 5,001 are not', () => {
    expect(checkNotes('x'.repeat(5000)).kind).toBe('ok')
    expect(checkNotes('🍏'.repeat(5000)).kind).toBe('ok')
    expect(checkNotes('x'.repeat(5001))).toEqual({ kind: 'refused', reason: 'notes-too-long' })
  })
})

test('a single line has spaces for its line ends', () => {
  expect(cleanLine(' Orders\nto\tERP\u0000 ')).toBe('Orders to ERP')
})

test('characters are counted as people count them', () => {
  expect(countCharacters('a🍏é')).toBe(3)
})
