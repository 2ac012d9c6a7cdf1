import { expect, test } from 'vitest'
import { compareLines } from './compare-lines.ts'

const show = (older: string, newer: string, limit = 1_000) =>
  compareLines(older, newer, limit)?.map(({ kind, older: before, newer: after, text }) => {
    const sign = { same: ' ', added: '+', removed: '-', gap: '~' }[kind]
    return `${sign} ${before ?? ''}/${after ?? ''} ${text}`
  })

const text = (...lines: (string | number)[]) => lines.map((line) => `${line}\n`).join('')
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('shows what changed with three lines around, and gaps', () => {
  const before = text(...upTo(20))
  const after = text(
    ...upTo(20).flatMap((line): (string | number)[] => (line === 6 ? ['six'] : line === 19 ? [] : [line])),
  )
  expect(show(before, after)).toEqual([
    '~ / 2 unchanged lines',
    '  3/3 3',
    '  4/4 4',
    '  5/5 5',
    '- 6/ 6',
    '+ /6 six',
    '  7/7 7',
    '  8/8 8',
    '  9/9 9',
    '~ / 6 unchanged lines',
    '  16/16 16',
    '  17/17 17',
    '  18/18 18',
    '- 19/ 19',
    '  20/19 20',
  ])
})

test('one hidden line', () => {
  expect(show(text(1, 2, 3, 4, 5), text(1, 2, 3, 4, 'five'))?.[0]).toBe('~ / 1 unchanged line')
})

test('from and to nothing', () => {
  expect(show('', text('a'))).toEqual(['+ /1 a'])
  expect(show(text('a'), '')).toEqual(['- 1/ a'])
})

test('a missing last line end and another kind of line end are differences', () => {
  expect(show('a\nb', 'a\nb\n')).toEqual(['  1/1 a', '- 2/ b', '+ /2 b'])
  expect(show('a\r\n', 'a\n')).toEqual(['- 1/ a', '+ /1 a'])
})

test('texts that take too long to compare are replaced between their first and last difference', () => {
  const words = (seed: number) => upTo(6_000).map((n) => `line ${(n * seed) % 6_007}`)
  const before = text('same', ...words(17), 'end')
  const after = text('same', ...words(4_001), 'end')
  // Compared to the end, some lines in between would be the same.
  const lines = compareLines(before, after, 20_000) ?? []
  expect(lines.filter(({ kind }) => kind === 'same').map(({ text: shown }) => shown)).toEqual(['same', 'end'])
  expect(lines).toHaveLength(12_002)
})

test('more lines than are wanted give none', () => {
  expect(
    show(
      text(...upTo(10)),
      text(
        ...upTo(10)
          .map(String)
          .map((line) => `new ${line}`),
      ),
      19,
    ),
  ).toBeUndefined()
})
