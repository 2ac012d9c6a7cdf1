import ts from 'typescript'

import type { SourceFile } from '../repository.ts'

const parsed = new WeakMap<SourceFile, ts.SourceFile>()

export function parse(file: SourceFile): ts.SourceFile {
  const known = parsed.get(file)
  if (known) return known
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
  parsed.set(file, tree)
  return tree
}

/** All nodes of a file, outermost first. */
export function nodesOf(file: SourceFile): ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node) => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(parse(file))
  return nodes
}

/** `path:line`, which editors and terminals open at a click. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  const { line } = parse(file).getLineAndCharacterOfPosition(node.getStart())
  return `${file.path}:${line + 1}`
}

/** The texts of string and template literals, with a placeholder where a value goes in. */
export function literalsOf(file: SourceFile): { text: string; node: ts.Node }[] {
  return nodesOf(file).flatMap((node): { text: string; node: ts.Node }[] => {
    if (ts.isStringLiteralLike(node)) return [{ text: node.text, node }]
    if (!ts.isTemplateExpression(node)) return []
    const text = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('?')
    return [{ text, node }]
  })
}

/** What a file imports or re-exports from other files, as paths from the root; packages are left out. */
export function localImportsOf(file: SourceFile): { path: string; node: ts.Node }[] {
  return nodesOf(file).flatMap((node) => {
    const specifier = specifierOf(node)
    if (!specifier?.startsWith('.')) return []
    const path = new URL(specifier, `file:///${file.path}`).pathname.slice(1)
    return [{ path, node }]
  })
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const { moduleSpecifier } = node
    return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined
  }
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  const [argument] = isDynamic ? node.arguments : []
  return argument && ts.isStringLiteral(argument) ? argument.text : undefined
}
