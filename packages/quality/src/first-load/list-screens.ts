import { posix } from 'node:path'
import ts from 'typescript'

import type { SourceFile } from '../repository.ts'
import { nodesOf } from '../structure/syntax.ts'

/** A page somebody can open at its address: what it is called, and the modules its routes load one inside the other. */
export type Screen = { name: string; modules: string[] }

/**
 * Every page of the web app, read from the table of routes and from the files beside it that hold parts of the table;
 * modules as paths from the app's folder.
 */
export function listScreens(routes: SourceFile, ...parts: SourceFile[]): Screen[] {
  const nodes = nodesOf(routes)
  const table = nodes.find(
    (node) => ts.isCallExpression(node) && node.expression.getText() === 'createBrowserRouter',
  )
  if (!table || !ts.isCallExpression(table)) throw new Error(`${routes.path} makes no router.`)
  const lists = new Map(
    [routes, ...parts]
      .flatMap(nodesOf)
      .filter(ts.isVariableDeclaration)
      .map(({ name, initializer }) => [name.getText(), initializer]),
  )
  const folder = posix.basename(posix.dirname(routes.path))

  function pagesIn(list: ts.Node | undefined, above: Screen): Screen[] {
    if (!list || !ts.isArrayLiteralExpression(list)) return []
    return list.elements.flatMap((element) => {
      if (ts.isSpreadElement(element)) return pagesIn(listOf(element.expression.getText()), above)
      return ts.isObjectLiteralExpression(element) ? pagesOf(element, above) : []
    })
  }

  /** A part that is not found would be a part that nobody weighs. */
  function listOf(name: string): ts.Node {
    const list = lists.get(name)
    if (!list) throw new Error(`${routes.path} spreads ${name}, and no file that was read has it.`)
    return list
  }

  function pagesOf(route: ts.ObjectLiteralExpression, above: Screen): Screen[] {
    const lazy = importedBy(propertyOf(route, 'lazy'))
    const here = {
      name: propertyOf(route, 'path')?.getText().replace('routePatterns.', '') ?? above.name,
      modules: lazy === undefined ? above.modules : [...above.modules, posix.join(folder, lazy)],
    }
    const children = propertyOf(route, 'children')
    return children ? pagesIn(children, here) : [here]
  }

  const [routeTable] = table.arguments
  const list = routeTable && ts.isIdentifier(routeTable) ? listOf(routeTable.text) : routeTable
  const screens = pagesIn(list, { name: 'start', modules: [] })
  if (screens.length === 0) throw new Error(`${routes.path} makes a router without pages.`)
  return screens
}

function propertyOf(route: ts.ObjectLiteralExpression, wanted: string): ts.Expression | undefined {
  const property = route.properties
    .filter(ts.isPropertyAssignment)
    .find(({ name }) => name.getText() === wanted)
  return property?.initializer
}

/** The module of `() => import('./module.tsx')`. */
function importedBy(lazy: ts.Expression | undefined): string | undefined {
  if (!lazy || !ts.isArrowFunction(lazy) || !ts.isCallExpression(lazy.body)) return undefined
  const [module] = lazy.body.arguments
  return module && ts.isStringLiteralLike(module) ? module.text : undefined
}
