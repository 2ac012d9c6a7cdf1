import ts from 'typescript'

import type { SourceFile } from '../repository.ts'
import { isCode, isTest, type Rule } from './rule.ts'
import { literalsOf, nodesOf, placeOf } from './syntax.ts'

/** Files that write a table another feature owns, and why. */
const allowedGuests: Record<string, string> = {
  'apps/api/src/platform/atom-lookup.ts':
    'Marks when a node was last heard from in the one statement a request costs; nodes come and go in their feature.',
  'apps/api/src/platform/session-lookup.ts':
    'Marks when a session was last seen in the one statement a request costs; sessions begin and end in their feature.',
  'apps/api/src/platform/token-lookup.ts':
    'Marks when a token was last used in the one statement a request costs; tokens are made and revoked in their feature.',
}

type Write = { model: string; area: string; place: string; path: string }

const api = 'apps/api/src/'
const writingMethods =
  /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)$/
const writingSql = /\b(?:insert\s+into|update|delete\s+from|merge\s+into)\s+"(\w+)"/gi

/** Each table has one writing feature, and in it the store writes; reads may join anything. */
export const tableWriters: Rule = (files) => {
  const models = modelsOf(files)
  const writes = files
    .filter(({ path }) => path.startsWith(api) && isCode(path) && !isTest(path) && !(path in allowedGuests))
    .flatMap((file) => writesOf(file, models))
  return [...outsideStores(writes), ...writtenTwice(writes)]
}

function outsideStores(writes: Write[]): string[] {
  return writes
    .filter(({ path }) => path.startsWith(`${api}features/`) && !path.endsWith('.store.ts'))
    .map(
      ({ model, place }) =>
        `${place}: writes ${model}. Only the feature's <noun>.store.ts writes its tables.`,
    )
}

function writtenTwice(writes: Write[]): string[] {
  return Object.entries(Object.groupBy(writes, ({ model }) => model)).flatMap(([model, ofModel = []]) => {
    const areas = new Set(ofModel.map(({ area }) => area))
    if (areas.size < 2) return []
    const places = ofModel.map(({ place }) => place).join(', ')
    return [
      `${model} is written from ${[...areas].join(' and ')} (${places}). One feature owns it; call its store.`,
    ]
  })
}

function writesOf(file: SourceFile, models: Map<string, string>): Write[] {
  const write = (model: string, node: ts.Node): Write => ({
    model,
    area: areaOf(file.path),
    place: placeOf(file, node),
    path: file.path,
  })
  const byClient = nodesOf(file).flatMap((node) => {
    const model = models.get(delegateWrittenBy(node) ?? '')
    return model ? [write(model, node)] : []
  })
  const bySql = literalsOf(file).flatMap(({ text, node }) =>
    [...text.matchAll(writingSql)].map(([, table = '']) => write(table, node)),
  )
  return [...byClient, ...bySql]
}

/** `packItem` of `tx.packItem.update(…)`. */
function delegateWrittenBy(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const { expression: delegate, name: method } = node.expression
  if (!writingMethods.test(method.text) || !ts.isPropertyAccessExpression(delegate)) return undefined
  return delegate.name.text
}

/** The client's name of each model, `packItem`, with the model's own, `PackItem`. */
function modelsOf(files: SourceFile[]): Map<string, string> {
  const schema = files.find(({ path }) => path === 'prisma/schema.prisma')?.text ?? ''
  const names = [...schema.matchAll(/^model (\w+)/gm)].map(([, name = '']) => name)
  return new Map(names.map((name) => [name.charAt(0).toLowerCase() + name.slice(1), name]))
}

/** The feature folder, or the single file or folder of the platform. */
function areaOf(path: string): string {
  const [area = '', name = '', ...rest] = path.slice(api.length).split('/')
  return rest.length > 0 || area === 'platform' ? `${area}/${name}` : area
}
