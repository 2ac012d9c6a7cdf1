import pg from 'pg'
import type { Acting } from './acting.ts'
import { systemRole, tenantRole } from './database-roles.ts'
import { connectSparingly, type Share, shareServer } from './full-server.ts'

type Handed = (error: Error | undefined, client: pg.PoolClient | undefined, release: Release) => void
type Release = (error?: Error | boolean) => void

/**
 * A pool whose connections act for whoever asks for them, and for nobody else: what a connection was told last is
 * compared each time it is handed out, so that nothing has to be taken back when it returns. Most of the time it has been
 * told the same before and nothing is sent.
 */
export class ScopedPool extends pg.Pool {
  readonly #whoActs: () => Acting
  readonly #share: Share

  constructor(config: pg.PoolConfig, whoActs: () => Acting) {
    super(config)
    this.#whoActs = whoActs
    this.#share = shareServer(this, () => super.connect())
  }

  override connect(): Promise<pg.PoolClient>
  override connect(handed: Handed): void
  override connect(handed?: Handed): Promise<pg.PoolClient> | void {
    const acting = this.#whoActs()
    const connected = connectSparingly(this.#share).then((client) => this.#tell(client, acting))
    if (!handed) return connected
    connected.then(
      (client) => handed(undefined, client, (failure) => client.release(failure)),
      (error: unknown) => handed(asError(error), undefined, () => undefined),
    )
  }

  async #tell(client: pg.PoolClient, acting: Acting): Promise<pg.PoolClient> {
    const role = acting.kind === 'system' ? systemRole : tenantRole
    const accountId = acting.kind === 'account' ? acting.accountId : ''
    const wanted = `${role} ${accountId}`
    if (told.get(client) === wanted) return client
    try {
      // Until the answer is there nobody knows what the connection was told.
      told.delete(client)
      await client.query(tellSql, [role, accountId])
    } catch (error) {
      client.release(true)
      throw error
    }
    told.set(client, wanted)
    return client
  }
}

/** What connections were told; also where one pool lends to another. */
const told = new WeakMap<pg.PoolClient, string>()

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const tellSql = `select set_config('role', $1, false), set_config('app.account_id', $2, false)`
