import type { TestApp } from '../test-app.ts'
import { scopeOf } from '../pack-data.ts'
import { saveContinuation } from '../../platform-api/query/query-tokens.store.ts'
import { encodeXml } from './answer-validation.ts'
import type { Case } from './contract-cases.ts'
import { fillJson, fillXml } from './fill-example.ts'
import type { PublicOperation } from './public-description.ts'

export type Media = 'json' | 'xml'

/** Their examples in XML are not well-formed: they are built from those in JSON, whose fields are the same. */
const brokenExamples = new Set(['AccountGroup UPDATE', 'AccountGroupUserRole CREATE', 'Role CREATE'])

/** The examples that an operation is described with; a single undefined where it is called without a body. */
export function examplesFor(
  { object, operation, request }: PublicOperation,
  media: Media,
): readonly unknown[] {
  const examples = request[media] ?? []
  if (operation === 'QUERY') return [undefined, ...examples.map(withKnownProperty)]
  if (media === 'xml' && brokenExamples.has(`${object} ${operation}`)) {
    return (request.json ?? []).map((one) => encodeXml(object, one))
  }
  return examples.length > 0 ? examples : [undefined]
}

/** A placeholder of the description's stands for any property that there is. */
function withKnownProperty(example: unknown): unknown {
  const text = typeof example === 'string' ? example : JSON.stringify(example)
  const known = /property"?\s*[:=]\s*"(\w+)/.exec(text)?.[1] ?? ''
  const replaced = text.replaceAll('anotherProperty', known)
  return typeof example === 'string' ? replaced : JSON.parse(replaced)
}

export const pathFor = ({ path }: PublicOperation, { id = '' }: Pick<Case, 'id'>) =>
  path.replace(/\{\w+\}/, encodeURIComponent(id))

type Asked = { media: Media; example: unknown; by: { accountId: string; userId: string } }

/** The body that asks for the case: the example with its values, or what the operation has instead of one. */
export async function bodyFor(
  { db }: TestApp,
  { object, operation }: PublicOperation,
  one: Pick<Case, 'id' | 'replace'>,
  { media, example, by }: Asked,
): Promise<unknown> {
  if (operation === 'QUERY MORE') {
    const start = { filter: null, after: '', object }
    return saveContinuation(db, { ...start, accountId: scopeOf(by.accountId), userId: by.userId })
  }
  if (operation === 'BULK') {
    return media === 'json'
      ? { type: 'GET', request: [{ id: one.id }] }
      : `<bns:BulkRequest xmlns:bns="http://api.platform.boomi.com/" type="GET"><bns:request id="${one.id}"/></bns:BulkRequest>`
  }
  if (typeof example === 'string') return fillXml(example, one.replace ?? {})
  return example === undefined ? undefined : fillJson(example, one.replace ?? {})
}
