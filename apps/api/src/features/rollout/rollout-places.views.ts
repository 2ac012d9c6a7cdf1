import { Prisma } from '@packline/database/generated/client.ts'
import type { Concern, Sql } from './rollout-belongs.views.ts'

const { sql } = Prisma

export type RolloutPlace = { accountId: string; attachmentId: string; atomId: string }

/** Where an environment without Atom stands, and what is past every Atom of an attachment. */
export const firstAtom = '00000000-0000-0000-0000-000000000000'
export const lastAtom = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
export const startOfRollout: RolloutPlace = { accountId: '', attachmentId: firstAtom, atomId: firstAtom }

/** What a search has narrowed the list down to: a few accounts and what is in some, or whatever has such a name. */
export type RolloutMatch =
  | { kind: 'any' }
  | { kind: 'named'; pattern: string }
  | {
      kind: 'among'
      accountIds: readonly string[]
      environments: readonly InAccount[]
      installations: readonly InAccount[]
    }
export type InAccount = { id: string; accountId: string }

/** Where to look for rows of a rollout, and how far. */
export type RolloutSlice = Concern & {
  packType: 'SINGLE' | 'MULTI'
  /** The pack's current release is this one: few have left it. */
  isCurrent: boolean
  account: string | undefined
  from: RolloutPlace
  isBackwards: boolean
  /** How many attachments of each range are looked at. */
  atOnce: number
}

export const directionOf = ({ isBackwards }: RolloutSlice) => (isBackwards ? sql`desc` : sql`asc`)
/** As text, because of a parameter PostgreSQL would not know that it is small. */
export const whole = (count: number) => Prisma.raw(String(Math.trunc(count)))

/** What all sources have in common: where they begin, in which order they go on, and when they have enough. */
export const onwards = (slice: RolloutSlice, account: Sql, attachment: Sql) => sql`
  ${since(slice, account, attachment)}
  order by ${account} ${directionOf(slice)}, ${attachment} ${directionOf(slice)} limit ${whole(slice.atOnce)}`

export const since = (slice: RolloutSlice, account: Sql, attachment: Sql) =>
  sql`and (${account}, ${attachment}) ${beginning(slice)} (${slice.from.accountId}, ${slice.from.attachmentId}::uuid)`

export const beyond = ({ isBackwards }: RolloutSlice) => (isBackwards ? sql`<=` : sql`>=`)

/** An attachment of which some Atoms are still to come is looked at again. */
function beginning({ from, isBackwards }: RolloutSlice): Sql {
  if (isBackwards) return from.atomId === firstAtom ? sql`<` : sql`<=`
  return from.atomId === lastAtom ? sql`>` : sql`>=`
}
