import { backOffMillis, pause } from './back-off.ts'
import { type Client, isPassing, Refused } from './client.ts'
import { hashOf, newCredential, readCredential, saveCredential, type StoredCredential } from './credential.ts'
import { Ending } from './ending.ts'
import type { Log } from './log.ts'
import type { Options } from './read-arguments.ts'
import { agentVersion } from './version.ts'

const rotationMillis = 30 * 24 * 60 * 60 * 1_000

type Context = { options: Options; client: Client; log: Log; stop: AbortSignal }

/** Calls the server in this node's name. */
export type Identity = {
  atomName: string
  call: <T>(send: (credential: string) => Promise<T>) => Promise<T>
}

/** Registers when this directory has not been, and gives out the credential from then on. */
export async function openIdentity(context: Context): Promise<Identity> {
  const { options, log } = context
  const kept = await readCredential(options.dir)
  let mine = kept?.node ? kept : await register(context, kept)
  let isConfirmed = false

  const keep = async (changed: StoredCredential) => {
    await saveCredential(options.dir, changed)
    mine = changed
  }

  /** After a refused credential: the one that was being rotated in, then a token not used yet; otherwise the end. */
  async function replace(refused: string) {
    if (mine.credential !== refused) return
    if (mine.next !== null) return keep({ ...mine, credential: mine.next, next: null })
    if (!isConfirmed && options.token !== undefined && hashOf(options.token) !== mine.tokenHash) {
      mine = await register(context, undefined)
      return
    }
    throw new Ending(
      'credentialRevoked',
      'The credential of this node was revoked. To connect it again, start it with the token of a new install command.',
    )
  }

  // One after the other: several calls are refused at once, and the first to come mends it for all.
  let replacing: Promise<void> = Promise.resolve()
  const replaceRefused = (refused: string) => {
    replacing = replacing.then(() => replace(refused))
    return replacing
  }

  const call: Identity['call'] = async (send) => {
    for (;;) {
      const { credential } = mine
      try {
        const answer = await send(credential)
        isConfirmed = true
        return answer
      } catch (error) {
        if (!(error instanceof Refused && error.status === 401)) throw error
        await replaceRefused(credential)
      }
    }
  }

  const age = Date.now() - Date.parse(mine.createdAt)
  if (options.rotatesCredential || age > rotationMillis || mine.next !== null) {
    const next = mine.next ?? newCredential()
    await keep({ ...mine, next })
    try {
      await call(async (credential) => {
        if (credential !== next) await context.client.rotate(credential, next, context.stop)
      })
      if (mine.next === next)
        await keep({ ...mine, credential: next, next: null, createdAt: new Date().toISOString() })
      log.event('credential-rotated', 'The credential was replaced.')
    } catch (error) {
      if (!isPassing(error)) throw error
      log.event(
        'credential-kept',
        'The credential could not be replaced; it is tried again at the next start.',
      )
    }
  }
  return { atomName: mine.node?.atomName ?? options.name, call }
}

/** Tries until the server answers. An unfinished registration of before is finished with the credential it had. */
async function register(
  context: Context,
  unfinished: StoredCredential | undefined,
): Promise<StoredCredential> {
  const { options, client, log, stop } = context
  const { token } = options
  if (token === undefined) {
    throw new Ending('wrongArguments', '--token is needed: this directory is not registered yet.')
  }
  const tokenHash = hashOf(token)
  const started =
    unfinished?.tokenHash === tokenHash
      ? unfinished
      : {
          credential: newCredential(),
          createdAt: new Date().toISOString(),
          next: null,
          tokenHash,
          node: null,
        }
  await saveCredential(options.dir, started)

  const { credential } = started
  for (let failures = 0; ; ) {
    try {
      const node = await client.register({ token, nodeName: options.name, agentVersion, credential }, stop)
      const registered = { ...started, node }
      await saveCredential(options.dir, registered)
      log.event('registered', `Registered as a node of ${node.atomName}.`, node)
      return registered
    } catch (error) {
      if (stop.aborted) throw error
      if (!isPassing(error)) throw refusedRegistration(error)
      failures += 1
      log.event('registration-waits', `${messageOf(error)} Registration is tried again.`)
      await pause(backOffMillis(failures), stop)
    }
  }
}

const refusedRegistration = (error: unknown) =>
  error instanceof Refused
    ? new Ending('registrationRefused', `The registration was refused: ${error.message}`)
    : error

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
