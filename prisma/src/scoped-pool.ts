import pg from 'pg'
import type { Acting } from './acting.ts'
import { systemRole, tenantRole } from './database-roles.ts'
import { isRefusedAsFull, makeDo, shareServer } from './make-room.ts'

type Handed = (error: Error | undefined, client: pg.PoolClient | undefined, release: Release) => void
type Release = (error?: Error | boolean) => void

/**
 * A pool whose connections act for whoever asks for them, and for nobody else: what a connection was told last is
 * compared each time it is handed out, so that nothing has to be taken back when it returns. Most of the time it has been
 * told the same before and nothing is sent.
 */
export class ScopedPool extends pg.Pool {
  readonly #whoActs: () => Acting
  readonly #told = new WeakMap<pg.PoolClient, string>()

  constructor(config: pg.PoolConfig, whoActs: () => Acting) {
    super(config)
    this.#whoActs = whoActs
    shareServer(this)
  }

  override connect(): Promise<pg.PoolClient>
  override connect(handed: Handed): void
  override connect(handed?: Handed): Promise<pg.PoolClient> | void {
    const acting = this.#whoActs()
    const connected = this.#find().then((client) => this.#tell(client, acting))
    if (!handed) return connected
    connected.then(
      (client) => handed(undefined, client, (failure) => client.release(failure)),
      (error: unknown) => handed(asError(error), undefined, () => undefined),
    )
  }

  /** Where the server has none left, one of the pool's own as soon as it is free. */
  async #find(attempts = 3): Promise<pg.PoolClient> {
    try {
      return await super.connect()
    } catch (error) {
      if (attempts > 1 && isRefusedAsFull(error) && makeDo(this)) return this.#find(attempts - 1)
      throw error
    }
  }

  async #tell(client: pg.PoolClient, acting: Acting): Promise<pg.PoolClient> {
    const role = acting.kind === 'system' ? systemRole : tenantRole
    const accountId = acting.kind === 'account' ? acting.accountId : ''
    const wanted = `${role} ${accountId}`
    if (this.#told.get(client) === wanted) return client
    try {
      // Until the answer is there nobody knows what the connection was told.
      this.#told.delete(client)
      await client.query(tellSql, [role, accountId])
    } catch (error) {
      client.release(true)
      throw error
    }
    this.#told.set(client, wanted)
    return client
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const tellSql = `select set_config('role', $1, false), set_config('app.account_id', $2, false)`
