import ts from 'typescript'

import { isTest, type Rule } from './rule.ts'
import { nodesOf, placeOf } from './syntax.ts'

const runners = /^(test|it|describe)\b/
const skipping = new Set(['skip', 'skipIf', 'runIf', 'todo', 'fixme', 'fails', 'only'])

/** A test runs or is deleted; one left out looks like a promise kept. */
export const skippedTests: Rule = (files) =>
  files
    .filter(({ path }) => isTest(path))
    .flatMap((file) =>
      nodesOf(file)
        .filter(ts.isPropertyAccessExpression)
        .filter(({ expression, name }) => runners.test(expression.getText()) && skipping.has(name.text))
        .map(
          (node) => `${placeOf(file, node)}: ${node.getText()} leaves tests out. Mend or delete the test.`,
        ),
    )
