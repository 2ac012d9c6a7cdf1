import type { Database, Tx } from '@packline/database/client.ts'
import {
  type CheckedSeal,
  checkSeals,
  countUnsealed,
  findPlacedNowhere,
  findSeals,
  findUnannounced,
  findWaitingInVain,
  type SealHead,
  type Stray,
} from './audit-checks.store.ts'

/** Where the log is not what was sealed. */
export type LogBreak = {
  kind:
    | 'seal-missing'
    | 'seal-replaced'
    | 'entry-changed'
    | 'entry-removed'
    | 'seal-changed'
    | 'placed-nowhere'
    | 'entry-unannounced'
    | 'removed-unsealed'
    | 'sealed-twice'
    | 'kept-seal-differs'
  accountId: string
  sequence: number | null
  entryId: string | null
}

export type VerifyOutcome = {
  /** The first break found in each account and of each kind; empty when everything holds. */
  breaks: LogBreak[]
  entries: number
  seals: number
  unsealed: number
  /** The newest seal of each account. */
  heads: SealHead[]
}

/** Seals worked out by one statement: at most a million entries. */
const sealsAtOnce = 50

/**
 * Works every seal out anew from the entries that it covers, and looks for entries that no seal knows of. All of it is
 * one state of the database, so that what is written meanwhile raises no alarm. Seals that were kept elsewhere must be
 * part of it.
 */
export function verifySeals(db: Database, kept: readonly SealHead[] = []): Promise<VerifyOutcome> {
  return db.$transaction(
    async (tx) => {
      const outcome: VerifyOutcome = { breaks: [], entries: 0, seals: 0, unsealed: 0, heads: [] }
      let after = { accountId: '', sequence: 0 }
      for (;;) {
        const seals = await checkSeals(tx, after, sealsAtOnce)
        for (const seal of seals) take(outcome, seal)
        const last = seals.at(-1)
        if (!last) break
        after = last
      }
      outcome.unsealed = await countUnsealed(tx)
      outcome.breaks.push(...(await findStrays(tx)), ...(await compareKept(tx, kept)))
      return outcome
    },
    { isolationLevel: 'RepeatableRead' },
  )
}

function take(outcome: VerifyOutcome, seal: CheckedSeal) {
  outcome.seals += 1
  outcome.entries += seal.entryCount
  const { accountId, sequence, hash } = seal
  if (outcome.heads.at(-1)?.accountId === accountId) outcome.heads.pop()
  outcome.heads.push({ accountId, sequence, hash })

  const found = breakIn(seal)
  // What follows a break in the same account is broken by it, and tells nothing more.
  if (found && !outcome.breaks.some((one) => one.accountId === accountId)) outcome.breaks.push(found)
}

function breakIn(seal: CheckedSeal): LogBreak | undefined {
  const { accountId, sequence, followedHash, previousHash, goneEntryId, changedEntryId, isWhole } = seal
  const at = { accountId, sequence, entryId: null }
  if (followedHash === null) return { ...at, kind: 'seal-missing', sequence: sequence - 1 }
  if (followedHash !== previousHash) return { ...at, kind: 'seal-replaced' }
  if (goneEntryId) return { ...at, kind: 'entry-removed', entryId: goneEntryId }
  if (changedEntryId) return { ...at, kind: 'entry-changed', entryId: changedEntryId }
  return isWhole ? undefined : { ...at, kind: 'seal-changed' }
}

async function findStrays(tx: Tx): Promise<LogBreak[]> {
  const nowhere = await findPlacedNowhere(tx)
  const unannounced = await findUnannounced(tx)
  const inVain = await findWaitingInVain(tx)
  const told = (kind: LogBreak['kind'], one: Stray | undefined) => (one ? [{ kind, ...one }] : [])
  return [
    ...told('placed-nowhere', nowhere),
    ...told('entry-unannounced', unannounced),
    ...told(inVain?.sequence === null ? 'removed-unsealed' : 'sealed-twice', inVain),
  ]
}

async function compareKept(tx: Tx, kept: readonly SealHead[]): Promise<LogBreak[]> {
  const now = await findSeals(tx, kept)
  const isThere = (one: SealHead) =>
    now.some(
      ({ accountId, sequence, hash }) =>
        accountId === one.accountId && sequence === one.sequence && hash === one.hash,
    )
  return kept
    .filter((one) => !isThere(one))
    .map(({ accountId, sequence }) => ({ kind: 'kept-seal-differs', accountId, sequence, entryId: null }))
}
