import type { Rule } from './rule.ts'

const limit = 300
const counted = /\.(tsx?|mjs|css|sql|md)$/
const excepted = /^prisma\/migrations\/|\/test-data\//

/** A file that has grown past what one reading holds is two files. */
export const fileLength: Rule = (files) =>
  files
    .filter(({ path }) => counted.test(path) && !excepted.test(path))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${limit} are allowed. ${adviceFor(path)}`)

function adviceFor(path: string): string {
  if (/\.(test|spec)\.tsx?$/.test(path))
    return 'Split it by what the tests are about, one file per rule or journey.'
  if (path.endsWith('.routes.ts'))
    return 'Move the routes of one screen or noun into a <noun>.routes.ts of their own.'
  if (path.endsWith('.store.ts')) return 'Split it by table or by the decision it loads for.'
  if (path.endsWith('.views.ts')) return 'Split it by screen.'
  if (path.endsWith('.tsx')) return 'Give each part of the screen a component file of its own.'
  return 'Split it at its exports: one decision, use case or subject per file.'
}
