import { expect, test } from 'vitest'
import { splitTables } from './split-tables.ts'

test('a table stands between the text before and after it; the heading of the whole is left out', () => {
  const text =
    '# Notices\n\nWho is told:\n\n| what | who |\n|---|:-:|\n| a release | `all` |\n| late | |\n\n## After\n'
  expect(splitTables(text)).toEqual([
    'Who is told:',
    {
      head: ['what', 'who'],
      rows: [
        ['a release', '`all`'],
        ['late', ''],
      ],
    },
    '## After',
  ])
})

test('lines of an example, and bars that are no table, stay as they are', () => {
  for (const text of ['```\n| a | b |\n|---|---|\n```', '| a bar alone |']) {
    expect(splitTables(text)).toEqual([text])
  }
})
