import type { ChangeHint } from '@packline/contract/changes.ts'
import { atomChannel } from './atom-signal.ts'
import { changeChannel } from './change-signal.ts'
import type { Listener, Signals } from './signals.ts'

/** A session or a token, and the account it works in. */
export type Caller = { id: string; accountId: string }

/** Somebody who listens, in the account they work in. */
export type Subscriber = {
  caller: Caller
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

/** Which of these sessions and tokens may still be answered, each with the account it works in. */
export type ListStanding = (ids: readonly string[]) => Promise<readonly Caller[]>

export type ChangeFeed = { join: (subscriber: Subscriber) => () => void; close: () => void }

/** However quiet it is, nobody listens longer than this who may not any more. */
const usualCheckMillis = 30_000
/** Signals within this time are told together: people do not see faster, and a release that goes out has hundreds. */
const gatherMillis = 250
const everything: ChangeHint = { kind: 'everything', id: null }

/**
 * Tells those who listen to this instance what has changed, whichever instance changed it. It listens once for all
 * of them, from the first one on; one query finds who is concerned, however many they are, and one who of these may
 * still hear it: whose session or access has ended, by whatever instance, is told nothing more and let go.
 */
export function createChangeFeed({
  signals,
  findAudience,
  listStanding,
  onFault,
  checkMillis = usualCheckMillis,
}: {
  signals: Signals
  findAudience: FindAudience
  listStanding: ListStanding
  onFault: (error: unknown) => void
  checkMillis?: number
}): ChangeFeed {
  const subscribers = new Set<Subscriber>()
  const gathered = new Set<string>()
  let mayMissSome = false
  let timer: NodeJS.Timeout | undefined
  let check: NodeJS.Timeout | undefined
  let listener: Listener | undefined

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
        ...new Set([...subscribers].map(({ caller }) => caller.accountId)),
      ])
      const hints = Map.groupBy(audience, ({ accountId }) => accountId)
      const concerned = [...subscribers].flatMap((subscriber) => {
        const { caller, userId } = subscriber
        const ofAccount = hints.get(caller.accountId) ?? []
        const told = ofAccount.filter((one) => one.userId === undefined || one.userId === userId)
        return told.length > 0 ? [{ subscriber, told: told.map(({ hint }) => hint) }] : []
      })
      const standing = await keepStanding(concerned.map(({ subscriber }) => subscriber))
      for (const { subscriber, told } of concerned) if (standing.has(subscriber)) subscriber.tell(told)
    } catch (error) {
      // Whoever reads again finds out; a database that is away tells them so itself.
      onFault(error)
      tellAll()
    }
  }

  /** Lets go of those of them who may not be told anything any more, and says who is left. */
  async function keepStanding(some: readonly Subscriber[]): Promise<ReadonlySet<Subscriber>> {
    if (some.length === 0) return new Set()
    const found = await listStanding([...new Set(some.map(({ caller }) => caller.id))])
    const accounts = new Map(found.map(({ id, accountId }) => [id, accountId]))
    const isStanding = ({ caller }: Subscriber) => accounts.get(caller.id) === caller.accountId
    for (const one of some) if (!isStanding(one)) one.end()
    return new Set(some.filter(isStanding))
  }

  /** Says nothing of anybody, so that nobody's standing has to be known. */
  function tellAll() {
    for (const { tell } of subscribers) tell([everything])
  }

  function startListening() {
    // A database that is away answers nobody; the next look is soon.
    check ??= setInterval(() => void keepStanding([...subscribers]).catch(onFault), checkMillis)
    listener ??= signals.listen({
      channels: [changeChannel, atomChannel],
      onSignal: gather,
      // Whatever changed while nobody listened was missed: during a break, and before the first time by those who wait for it.
      onListening: tellAll,
    })
  }

  return {
    join: (subscriber) => {
      startListening()
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    close: () => {
      clearTimeout(timer)
      clearInterval(check)
      for (const { end } of subscribers) end()
      listener?.close()
    },
  }
}
