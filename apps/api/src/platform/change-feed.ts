import type { ChangeHint } from '@packline/contract/changes.ts'
import { atomChannel } from './atom-signal.ts'
import { changeChannel } from './change-signal.ts'
import { type Listener, listenTo } from './listen.ts'

/** Somebody who listens, in the account they work in. */
export type Subscriber = {
  accountId: string
  userId: string
  tell: (hints: readonly ChangeHint[]) => void
  end: () => void
}

/** Whose screens look different: everybody's in the account, or one user's there. */
export type Audience = { accountId: string; userId?: string | undefined; hint: ChangeHint }

/** What looks different to one of these accounts when something happens to these releases, environments or Atoms. */
export type FindAudience = (
  ids: readonly string[],
  accountIds: readonly string[],
) => Promise<readonly Audience[]>

export type ChangeFeed = { join: (subscriber: Subscriber) => () => void; close: () => Promise<void> }

/** Signals within this time are told together: people do not see faster, and a release that goes out has hundreds. */
const gatherMillis = 250
const everything: ChangeHint = { kind: 'everything', id: null }

/**
 * Tells those who listen to this instance what has changed, whichever instance changed it. One connection listens for
 * all of them, from the first one on; one query finds who is concerned, however many they are.
 */
export function createChangeFeed(
  databaseUrl: string,
  findAudience: FindAudience,
  onFault: (error: unknown) => void,
): ChangeFeed {
  const subscribers = new Set<Subscriber>()
  const gathered = new Set<string>()
  let mayMissSome = false
  let timer: NodeJS.Timeout | undefined
  let listener: Listener | undefined
  let hasListened = false

  function gather(payload: string, channel: string) {
    if (subscribers.size === 0) return
    // Atoms are told "anything" where this channel is told what.
    if (payload === '' && channel === atomChannel) return
    if (payload === '') mayMissSome = true
    else for (const id of payload.split(',')) gathered.add(id)
    timer ??= setTimeout(() => void tellGathered(), gatherMillis)
  }

  async function tellGathered() {
    const ids = [...gathered]
    const toldAll = mayMissSome
    gathered.clear()
    mayMissSome = false
    timer = undefined
    if (toldAll) return tellAll()
    try {
      const audience = await findAudience(ids, [
        ...new Set([...subscribers].map(({ accountId }) => accountId)),
      ])
      const hints = Map.groupBy(audience, ({ accountId }) => accountId)
      for (const { accountId, userId, tell } of subscribers) {
        const told = hints.get(accountId)?.filter((one) => one.userId === undefined || one.userId === userId)
        if (told && told.length > 0) tell(told.map(({ hint }) => hint))
      }
    } catch (error) {
      // Whoever reads again finds out; a database that is away tells them so itself.
      onFault(error)
      tellAll()
    }
  }

  function tellAll() {
    for (const { tell } of subscribers) tell([everything])
  }

  function startListening() {
    listener ??= listenTo(databaseUrl, {
      channel: [changeChannel, atomChannel],
      name: 'packline change signal',
      onSignal: gather,
      onListening: () => {
        // After a break nobody knows what was missed.
        if (hasListened) tellAll()
        hasListened = true
      },
    })
  }

  return {
    join: (subscriber) => {
      startListening()
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    close: async () => {
      clearTimeout(timer)
      for (const { end } of subscribers) end()
      await listener?.close()
    },
  }
}
