import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { wakeJobs } from '../product/stage.ts'
import type { RowContext } from '../row.ts'

const execute = promisify(execFile)

/** Where distributions put it. */
const libraries = ['lib/x86_64-linux-gnu', 'lib/aarch64-linux-gnu', 'lib64', 'lib'].map((folder) =>
  join('/usr', folder, 'faketime/libfaketimeMT.so.1'),
)

/** There, and for a program of this machine it is an hour later than it is. */
async function works(library: string): Promise<boolean> {
  if (!existsSync(library)) return false
  const env = { ...process.env, LD_PRELOAD: library, FAKETIME: '+60m' }
  const seconds = await execute('date', ['+%s'], { env }).then(
    ({ stdout }) => Number(stdout),
    () => 0,
  )
  return Math.abs(seconds - 3_600 - Date.now() / 1_000) < 600
}

async function findLibrary(): Promise<string | undefined> {
  for (const library of libraries) if (await works(library)) return library
  return undefined
}

/**
 * Lets the clock of the database's host jump while the server runs: with libfaketime, which every one of its processes
 * asks for the time instead of the kernel. Where that does not work, business time jumps instead, and `isWhole` is false.
 */
export async function shiftServer({ stage }: RowContext) {
  const { postgres } = stage
  const library = await findLibrary()
  const file = join(postgres.directory, 'clock')
  /** By so many minutes from the right time, which goes on as ever. */
  const write = async (minutes: number) => {
    // In one step: half a file would be no time at all.
    await writeFile(`${file}.next`, `${minutes < 0 ? '-' : '+'}${Math.abs(minutes)}m\n`)
    await rename(`${file}.next`, file)
  }
  if (library === undefined) {
    let wrongBy = 0
    const jumpTo = async (minutes: number) => {
      const now = await stage.clock.read()
      await stage.clock.set(now.add({ minutes: minutes - wrongBy }).toString())
      wrongBy = minutes
    }
    return { isWhole: false, way: 'no libfaketime here: business time', jumpTo }
  }
  await postgres.whileStopped(() => write(0), {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    // All processes jump at once.
    FAKETIME_NO_CACHE: '1',
    // As on a machine whose clock is set, durations go on.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
  return {
    isWhole: true,
    way: 'libfaketime',
    jumpTo: async (minutes: number) => {
      await write(minutes)
      await wakeJobs(stage.sql)
    },
  }
}
