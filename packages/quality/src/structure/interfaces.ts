import ts from 'typescript'

import { isCode, type Rule } from './rule.ts'
import { nodesOf, placeOf } from './syntax.ts'

/** Types are written one way. Adding to a library's own interface is what interfaces remain for. */
export const interfaces: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path))
    .flatMap((file) =>
      nodesOf(file)
        .filter(ts.isInterfaceDeclaration)
        .filter((node) => !ts.isModuleBlock(node.parent))
        .map(
          (node) => `${placeOf(file, node)}: write type ${node.name.text} = { … } instead of an interface.`,
        ),
    )
