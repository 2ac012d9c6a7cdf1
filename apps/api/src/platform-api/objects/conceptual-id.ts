import { Prisma } from '@packline/database/generated/client.ts'

/** Ids made of others are base64 without padding, as clients know them. Made in SQL, so that filters see them. */
export const encodedId = (text: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`rtrim(translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'\n', ''), '=')`

/** The ids inside, when the text is such an id; undefined for anything else. */
export function decodeId(id: string, pattern: RegExp): readonly string[] | undefined {
  const text = Buffer.from(id, 'base64').toString('latin1')
  const found = pattern.exec(text)?.slice(1)
  return found && encodeId(text) === id ? found : undefined
}

/** The id that is made of this text, as clients know it. */
export const encodeId = (text: string) => Buffer.from(text, 'latin1').toString('base64').replaceAll('=', '')

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
export const isUuid = (text: string) => new RegExp(`^${uuid}$`, 'i').test(text)

const accountId = '[A-Za-z0-9_-]{1,64}'
/** How the ids that are made of others are put together. */
export const idPatterns = {
  instance: new RegExp(`^IntegrationPackInstance(${uuid})$`),
  environmentAttachment: new RegExp(`^ATTACH_IPACK_ENV(${uuid}):(${uuid})$`),
  packAtomAttachment: new RegExp(`^ATTACH_IPACK_ATOM(${uuid}):(${uuid})$`),
  atomAttachment: new RegExp(`^ATTACH_ATOM_ENV(${uuid}):(${uuid})$`),
  environmentRole: new RegExp(`^ENV_ROLE(${uuid}):(${uuid})$`),
  groupPack: new RegExp(`^(${uuid})\\|(${uuid})$`),
  groupAccount: new RegExp(`^(${uuid})\\|(${accountId})$`),
  groupUserRole: new RegExp(`^(${uuid})\\|(${uuid})\\|(${uuid})$`),
  accountUserRole: new RegExp(`^(${accountId})\\|(${uuid})\\|(${uuid})$`),
}
