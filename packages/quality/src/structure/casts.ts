import ts from 'typescript'

import { isCode, isTest, type Rule } from './rule.ts'
import { nodesOf, parse, placeOf } from './syntax.ts'

/** A cast tells the compiler to look away, so it says why that is safe: beside it or in the two lines above. */
export const casts: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && !path.startsWith('e2e/'))
    .flatMap((file) => {
      const lines = file.text.split('\n')
      const lineOf = (node: ts.Node) => parse(file).getLineAndCharacterOfPosition(node.end).line
      const isArgued = (node: ts.Node) =>
        [lineOf(node) - 2, lineOf(node) - 1, lineOf(node)].some((line) => /\/\/|\*\//.test(lines[line] ?? ''))
      return nodesOf(file)
        .filter(ts.isAsExpression)
        .filter(({ type }) => type.getText() !== 'const')
        .filter((node) => !isArgued(node))
        .map(
          (node) =>
            `${placeOf(file, node)}: a cast without its reason. Narrow the value, or say in a comment why this holds.`,
        )
    })
