import { execFile, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensurePostgresOwner } from '@packline/database/postgres-binaries.ts'
import { atExit } from '../product/at-exit.ts'
import { sqlOf } from '../product/stage.ts'
import type { RowContext } from '../row.ts'

const execute = promisify(execFile)
/** Room for a database with so many installations and for their release, once nothing else lies there. */
const megabytesFor = (installBase: number) => 128 * Math.ceil(installBase / 10_000)

export type SmallDisk = {
  /** Writes until there is no room for more. */
  fill: () => Promise<void>
  makeRoom: () => Promise<void>
}

/**
 * Moves the stage's database to a disk of its own with little room, before any instance runs on it; its write-ahead log
 * stays where it was. The disk is a filesystem in memory, which needs root to mount: undefined for everybody else.
 */
export async function moveToSmallDisk({
  stage,
  size,
  afterwards,
}: RowContext): Promise<SmallDisk | undefined> {
  const { postgres, fleet } = stage
  const megabytes = megabytesFor(size.installBase)
  const database = new URL(stage.url).pathname.slice(1)
  const folder = await mkdtemp(join(tmpdir(), 'packline-small-disk-'))
  await chmod(folder, 0o755)
  const owner = await ensurePostgresOwner()
  const asOwner = owner ? `,uid=${owner.uid},gid=${owner.gid}` : ''
  const options = `size=${megabytes}m,mode=700${asOwner}`
  const isMounted = await execute('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
  if (!isMounted) {
    await rmdir(folder)
    return undefined
  }

  // Also while a server that is killed has files open there.
  const forget = atExit(() => {
    spawnSync('umount', ['--lazy', folder])
    spawnSync('rmdir', [folder])
  })
  const admin = sqlOf(postgres.url('postgres'))
  await admin.query(`create tablespace ${database} location '${folder}'`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database])
  await admin.query(`alter database ${database} set tablespace ${database}`)

  const filler = join(folder, 'filler')
  afterwards(async () => {
    await rm(filler, { force: true })
    await fleet.stopAll()
    await admin.query(`drop database ${database} with (force)`)
    await admin.query(`drop tablespace ${database}`)
    await admin.end()
    await execute('umount', [folder])
    forget()
    await rmdir(folder)
  })
  return {
    async fill() {
      // A session that begins may find that a list of the system's tables has to be written first, which cannot be when
      // they are cleaned up later; so that is done before, and the list is written.
      for (const statement of ['vacuum pg_statistic, pg_class, pg_attribute', 'select']) {
        const session = sqlOf(stage.url)
        await session.query(statement)
        await session.end()
      }
      const isFull = await writeFile(filler, Buffer.alloc(megabytes * 1024 * 1024)).then(
        () => false,
        () => true,
      )
      if (!isFull) throw new Error('The disk is larger than it should be')
    },
    makeRoom: () => rm(filler),
  }
}
