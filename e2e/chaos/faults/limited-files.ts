import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ensurePostgresOwner } from '@packline/database/postgres-binaries.ts'
import { createAccount } from '../product/accounts.ts'
import { signal } from '../product/postgres-server.ts'
import type { RowContext } from '../row.ts'
import type { SmallDisk } from './small-disk.ts'

const execute = promisify(execFile)
/** More than a file of the write-ahead log has, without which the server cannot live. */
const limit = 24 * 1024 * 1024

/**
 * Where no disk can be mounted: the kernel lets no file of the server grow beyond a limit, and the audit log, which every
 * change writes to, has reached it. To PostgreSQL that is a quota that is used up.
 */
export function limitFiles({ stage: { postgres, sql }, afterwards }: RowContext): SmallDisk {
  const letFilesGrow = async (bytes: string) => {
    // Sessions that begin later have it from the server's first process.
    const owner = await ensurePostgresOwner()
    for (const pid of await postgres.processes()) {
      await execute('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`], { ...owner }).catch(
        (error: unknown) => {
          // A session that has ended meanwhile needs none.
          if (signal(pid, 0)) throw error
        },
      )
    }
  }
  const makeRoom = () => letFilesGrow('unlimited')
  afterwards(makeRoom)
  return {
    async fill() {
      const accountId = await createAccount(sql)
      const client = await sql.connect()
      await letFilesGrow(String(limit))
      // Entries that nobody made need no seal.
      await client.query('set session_replication_role = replica')
      const add = (count: number, length: number) =>
        client
          .query(
            `insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId", after)
             select gen_random_uuid(), $1, app_now(), 'SCHEDULER', 'filler', 'INTERNAL', 'filler', 'filler', n,
               jsonb_build_object('filler', repeat('x', $3))
             from generate_series(1, $2::int) n`,
            [accountId, count, length],
          )
          .then(
            () => true,
            () => false,
          )
      // Smaller and smaller ones, until no page has room for another.
      for (const [count, length] of [
        [1_000, 1_700],
        [1_000, 300],
        [100, 10],
        [1, 10],
      ] as const) {
        while (await add(count, length));
      }
      client.release(true)
    },
    makeRoom,
  }
}
