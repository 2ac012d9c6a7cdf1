import { execFile } from 'node:child_process'
import { appendFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensurePostgresOwner } from '@packline/database/postgres-binaries.ts'
import { sqlOf } from '../product/stage.ts'
import { temporaryFolder } from '../product/temporary-folder.ts'
import { until } from '../product/until.ts'
import type { RowContext } from '../row.ts'

const execute = promisify(execFile)

/** Settings of a server that keeps what is needed to restore any instant since the last backup, as the manual of operating says. */
export const archivingSettings = {
  archive_mode: 'on',
  archive_command: "'mkdir -p archive && cp %p archive/%f'",
}

/** What stays where it is when a data directory is replaced: the archive, and what the server is started with. */
const kept = new Set(['archive', 'server.log', 'postmaster.opts', 'packline-password'])
/** What the server writes anew, or takes from the archive. */
const notBackedUp = ['archive', 'postmaster.pid', 'postmaster.opts', 'pg_wal']

/** Copies the data directory of the running server, as `pg_basebackup` does where it is installed. */
export async function takeBaseBackup(context: RowContext) {
  const { postgres } = context.stage
  const folder = await temporaryFolder(context, 'packline-backup-')
  const session = sqlOf(postgres.url('postgres'))
  const client = await session.connect()
  await client.query(`select pg_backup_start('chaos', true)`)
  await copyWhileRunning(`${postgres.directory}/.`, folder)
  for (const name of notBackedUp) await rm(join(folder, name), { recursive: true, force: true })
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop()')
  await writeFile(join(folder, 'backup_label'), rows[0]?.labelfile ?? '')
  client.release()
  await session.end()
  return folder
}

/** Puts the backup in the place of the server's data and lets the server redo everything until that instant of its clock. */
export async function restoreUntil({ stage: { postgres } }: RowContext, backup: string, instant: string) {
  const { directory } = postgres
  await postgres.whileStopped(async () => {
    for (const name of await readdir(directory)) {
      if (!kept.has(name)) await rm(join(directory, name), { recursive: true })
    }
    await execute('cp', ['-a', `${backup}/.`, directory])
    await execute('mkdir', ['-p', join(directory, 'pg_wal')])
    await writeFile(join(directory, 'recovery.signal'), '')
    await appendFile(
      join(directory, 'postgresql.auto.conf'),
      `restore_command = 'cp archive/%f %p'\nrecovery_target_time = '${instant}'\nrecovery_target_action = 'promote'\n`,
    )
    const owner = await ensurePostgresOwner()
    if (owner) await execute('chown', ['-R', `${owner.uid}:${owner.gid}`, directory])
  })
  const admin = sqlOf(postgres.url('postgres'))
  const isRestored = async () => {
    const { rows } = await admin.query<{ isOpen: boolean }>('select not pg_is_in_recovery() as "isOpen"')
    return rows[0]?.isOpen === true
  }
  await until(() => isRestored().catch(() => false), 'the server is restored')
  await admin.end()
}

/** Waits until everything that is committed by now is in the archive. */
export async function untilArchived({ stage: { sql } }: RowContext) {
  const { rows } = await sql.query<{ file: string }>('select pg_walfile_name(pg_switch_wal()) as file')
  await until(async () => {
    const archived = await sql.query('select from pg_stat_archiver where last_archived_wal >= $1', [
      rows[0]?.file,
    ])
    return archived.rowCount === 1
  }, 'the write-ahead log is archived')
}

/** Files of the server may go while they are copied: the write-ahead log says what was in them. */
async function copyWhileRunning(from: string, to: string) {
  await execute('cp', ['-a', from, to], { env: { ...process.env, LC_ALL: 'C' } }).catch((error: unknown) => {
    const complaints =
      error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n') : ['']
    if (!complaints.every((line) => /No such file or directory|replaced while being copied/.test(line)))
      throw error
  })
}
