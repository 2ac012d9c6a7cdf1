import ts from 'typescript'

import { isCode, isTest, type Rule } from './rule.ts'
import { nodesOf, placeOf } from './syntax.ts'

const rawFormatters = new Set([
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleString',
  'DateTimeFormat',
  'RelativeTimeFormat',
  'formatInTimeZone',
  'toZonedTime',
  'fromZonedTime',
])

const home = (path: string) =>
  path === 'apps/web/src/lib/dates.ts' || path.startsWith('packages/domain/src/time/')

/** Dates are written in one place, so that they look alike everywhere and always name their zone. */
export const dateFormatters: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && !home(path))
    .filter(({ path }) => path.startsWith('apps/') || path.startsWith('packages/'))
    .flatMap((file) =>
      nodesOf(file)
        .filter((node) => ts.isIdentifier(node) && rawFormatters.has(node.text))
        .map(
          (node) =>
            `${placeOf(file, node)}: ${node.getText()} formats a date by itself. Use a function of apps/web/src/lib/dates.ts, or add one there.`,
        ),
    )
