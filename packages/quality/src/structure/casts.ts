import ts from 'typescript'

import type { SourceFile } from '../repository.ts'
import { isCode, isTest, type Rule } from './rule.ts'
import { nodesOf, parse, placeOf } from './syntax.ts'

/** A cast tells the compiler to look away, so it says why that is safe: beside it or in the four lines above. */
export const casts: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && !path.startsWith('e2e/'))
    .flatMap((file) =>
      nodesOf(file)
        .filter(ts.isAsExpression)
        .filter(({ type }) => type.getText() !== 'const')
        .filter((node) => !isArgued(file, node))
        .map(
          (node) =>
            `${placeOf(file, node)}: a cast without its reason. Narrow the value, or say in a comment why this holds.`,
        ),
    )

function isArgued(file: SourceFile, node: ts.Node): boolean {
  const lineAt = (position: number) => parse(file).getLineAndCharacterOfPosition(position).line
  const first = Math.max(0, lineAt(statementOf(node).getStart()) - 4)
  const lines = file.text.split('\n').slice(first, lineAt(node.end) + 1)
  return lines.some((line) => /\/\/|\*\//.test(line))
}

const statementOf = (node: ts.Node): ts.Node => (ts.isStatement(node) ? node : statementOf(node.parent))
