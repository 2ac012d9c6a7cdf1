import ts from 'typescript'

import { isCode, isTest, type Rule } from './rule.ts'
import { nodesOf, placeOf } from './syntax.ts'

/**
 * Prisma puts look-ups by a unique key that come in the same turn into one statement, also those of different requests.
 * It would be sent for the account of the first, whose row-level security then hides what the others ask for.
 */
export const lookups: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && path.startsWith('apps/api/src/'))
    .flatMap((file) =>
      nodesOf(file)
        .filter(ts.isPropertyAccessExpression)
        .filter(({ name }) => /^findUnique(OrThrow)?$/.test(name.text))
        .map(
          (node) =>
            `${placeOf(file, node)}: ${node.name.text} is sent together with other requests' look-ups. Use findFirst or findFirstOrThrow.`,
        ),
    )
