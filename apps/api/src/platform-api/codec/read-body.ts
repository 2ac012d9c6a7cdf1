import { badData } from './bad-data.ts'
import type { Media } from './media.ts'
import { readXml } from './read-xml.ts'

export type IncomingBody = {
  media: Media | undefined
  /** As it was sent, for what is no object, such as the token of queryMore. */
  text: string
}

/** The body in the form JSON has, whatever it was sent as; undefined when there was none. */
export function looseBody({ media, text }: IncomingBody, kept?: ReadonlySet<string>): unknown {
  if (text.trim() === '') return undefined
  if (media === 'xml') return readXml(withoutDeclaration(text), kept).value
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw badData('The body is neither valid JSON nor XML.')
  }
}

/** Clients write the declaration in ways that are no XML; what it says is known without it. */
const withoutDeclaration = (text: string) => text.replace(/^\ufeff?\s*<\?xml[^>]*\?>/, '')
