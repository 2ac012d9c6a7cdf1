import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { Instance } from './instances.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

/** A transaction of the release job that holds a pack. */
export type Holder = {
  /** Of its connection, on the side of the instance. */
  port: number
  /**
   * For how many milliseconds it has waited for its client, who says nothing; 0 while it works. Undefined once it is over
   * or undone and has let everything go, or when nobody can say.
   */
  idleMillis: () => Promise<number | undefined>
}

/** Waits until the release job waits for this session of ours, and says which of its transactions that is. */
export async function findWaiting({ sql }: Stage, pid: number | undefined): Promise<Holder> {
  let holder: Holder | undefined
  await until(async () => {
    const { rows } = await sql.query<{ pid: number; port: number; xid: string }>(
      `select pid, client_port as port, backend_xid::text as xid from pg_stat_activity
       where $1 = any(pg_blocking_pids(pid)) and application_name = 'packline job' and backend_xid is not null`,
      [pid],
    )
    const [found] = rows
    if (found) holder = { port: found.port, idleMillis: () => readIdleMillis(sql, found) }
    return found !== undefined
  }, 'the release job stands still')
  if (!holder) throw new Error('Nobody waits')
  return holder
}

/** There for as long as it has its number, and with it every row that it has locked. */
const readIdleMillis = (sql: Stage['sql'], { pid, xid }: { pid: number; xid: string }) =>
  sql
    .query<{ millis: number }>(
      `select case state when 'active' then 0 else extract(epoch from clock_timestamp() - state_change)::float8 * 1000 end as millis
       from pg_stat_activity where pid = $1 and backend_xid::text = $2`,
      [pid, xid],
    )
    .then(
      ({ rows }) => rows[0]?.millis,
      () => undefined,
    )

/** The instance whose connection has this port on its side; undefined where the system does not show it. */
export const whoseConnection = (instances: readonly Instance[], port: number): Instance | undefined =>
  instances.find(({ child: { pid } }) => {
    const socket = socketAt(`/proc/${pid}/net/tcp`, port)
    const open = orNothing(() => readdirSync(`/proc/${pid}/fd`)) ?? []
    return open.some(
      (one) => orNothing(() => readlinkSync(`/proc/${pid}/fd/${one}`)) === `socket:[${socket}]`,
    )
  })

/** The number of the socket with this port of its own, in the kernel's table of connections. */
function socketAt(table: string, port: number): string | undefined {
  const address = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = (orNothing(() => readFileSync(table, 'utf8')) ?? '').split('\n')
  const fields = lines.map((line) => line.trim().split(/\s+/))
  return fields.find(([, local, , state]) => local?.endsWith(address) && state === established)?.[9]
}

const established = '01'

/** Files come and go meanwhile, and other systems have none of them. */
function orNothing<Found>(look: () => Found): Found | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
