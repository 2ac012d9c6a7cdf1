import { expect, test } from 'vitest'
import { type CsvCell, csvLine } from './csv.ts'

test.each<[CsvCell, string]>([
  ['Bluebird Foods', 'Bluebird Foods'],
  [null, ''],
  [12, '12'],
  [-3, '-3'],
  ['Meyer, Lindgren & Co', '"Meyer, Lindgren & Co"'],
  ['the "new" one', '"the ""new"" one"'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://evil.test","x")', '"\'=HYPERLINK(""http://evil.test"",""x"")"'],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['  =1', "'  =1"],
  ['\r=1', '"\'\r=1"'],
  ['＝1', "'＝1"],
  ['\u200b=1', "'\u200b=1"],
  ['a=b', 'a=b'],
])('%j is written %j', (cell, text) => {
  expect(csvLine([cell])).toBe(`${text}\r\n`)
})

test('cells are separated by commas', () => {
  expect(csvLine(['a', 1, null, 'b'])).toBe('a,1,,b\r\n')
})
