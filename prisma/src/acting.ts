import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * For whom statements are sent: one account, whose rows alone they can reach; the system, which reaches all rows; or
 * nobody yet, who reaches none.
 */
export type Acting = { kind: 'account'; accountId: string } | { kind: 'system' } | { kind: 'nobody' }

const current = new AsyncLocalStorage<{ acting: Acting }>()

/** Who acts in what is called from here on: nobody, until `actAs` says so. */
export const beginActing = <Result>(work: () => Result): Result =>
  current.run({ acting: { kind: 'nobody' } }, work)

/** This one acts in what is called from here on, whoever does around it. */
export const actingAs = <Result>(acting: Acting, work: () => Result): Result => current.run({ acting }, work)

/** From here on this one acts, for all that was begun together. */
export function actAs(acting: Acting) {
  const begun = current.getStore()
  if (!begun) throw new Error('Nothing was begun in which somebody could act')
  begun.acting = acting
}

export const whoActs = (): Acting => current.getStore()?.acting ?? { kind: 'nobody' }
