import { badData } from '../codec/bad-data.ts'
import { decodeId, isUuid } from './conceptual-id.ts'

/** An id of an object, in small letters as the database writes them; anything else is refused as an unknown one is. */
export function uuidOf(text: string | undefined, field: string): string {
  if (text === undefined || text.trim() === '') throw badData(`${field} is missing. Send the id.`)
  const id = text.trim().toLowerCase()
  if (isUuid(id)) return id
  throw badData(
    `${field}: there is nothing with the id "${text.slice(0, 100)}". Send an id that a query has given.`,
  )
}

/** The ids inside an id that is made of others. */
export function partsOf(text: string | undefined, field: string, pattern: RegExp): readonly string[] {
  if (text === undefined || text.trim() === '') throw badData(`${field} is missing. Send the id.`)
  const parts = decodeId(text.trim(), pattern)
  if (parts) return parts
  throw badData(
    `${field}: there is nothing with the id "${text.slice(0, 100)}". Send an id that a query has given.`,
  )
}

export function required(text: string | undefined, field: string): string {
  if (text !== undefined && text.trim() !== '') return text
  throw badData(`${field} is missing. Send it.`)
}

/** One of the words, in whatever case it came. */
export function oneOf<Word extends string>(
  text: string | undefined,
  field: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === required(text, field).trim().toUpperCase())
  if (found !== undefined) return found
  throw badData(`${field} is ${words.join(' or ')}, not "${String(text).slice(0, 50)}".`)
}
