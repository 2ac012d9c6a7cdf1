import { randomUUID } from 'node:crypto'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { encodeId } from '../../platform-api/objects/conceptual-id.ts'
import type { Case } from './contract-cases.ts'

type Named = Pick<Case, 'id' | 'replace'>

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const accountId = /account-[0-9a-f]{8}/g
const email = /[0-9a-f]{10}@example\.test/g
/** How names end, so that none is there twice. */
const ending = / [0-9a-f]{8}$/
const everybodys: ReadonlySet<string> = new Set(Object.values(defaultRoleTable).map(({ id }) => id))

/** The text inside an id that is made of others; undefined for every other text. */
function insideOf(text: string): string | undefined {
  const inside = Buffer.from(text, 'base64').toString('latin1')
  return inside.search(uuid) >= 0 && encodeId(inside) === text ? inside : undefined
}

const textsOf = ({ id, replace = {} }: Named) => [id ?? '', ...Object.values(replace)].flat()

/** The ids and addresses that a case names, those inside of others as well. */
export const idsIn = (named: Named): string[] => [
  ...new Set(
    textsOf(named)
      .flatMap((text) => [text, insideOf(text) ?? ''])
      .flatMap((text) => [uuid, accountId, email].flatMap((pattern) => text.match(pattern) ?? []))
      .filter((id) => !everybodys.has(id)),
  ),
]

/** The same case with ids that nobody has and names of its own, and how to write an answer so that it does not show which of both it was. */
export function nobodysCase(named: Named) {
  const instead = new Map(idsIn(named).map((id) => [id, likeness(id)]))
  const plain = (text: string) => [...instead].reduce((made, [id, other]) => made.replaceAll(id, other), text)
  const otherName = ` ${randomUUID().slice(0, 8)}`
  const swap = (text: string): string => {
    const inside = insideOf(text)
    return inside === undefined ? plain(text).replace(ending, otherName) : encodeId(plain(inside))
  }
  const { id, replace = {} } = named
  const swapped: Named = {
    ...(id !== undefined && { id: swap(id) }),
    replace: Object.fromEntries(
      Object.entries(replace).map(([name, value]) => [
        name,
        typeof value === 'string' ? swap(value) : value.map(swap),
      ]),
    ),
  }
  const written = (body: string) =>
    [...textsOf(named), ...idsIn(named)]
      .filter((text) => swap(text) !== text)
      .reduce((made, text) => made.replaceAll(text, swap(text)), body)
  return { named: swapped, written }
}

function likeness(id: string): string {
  if (id.includes('@')) return `${randomUUID().slice(0, 8)}00@example.test`
  return id.startsWith('account-') ? `account-${randomUUID().slice(0, 8)}` : randomUUID()
}
