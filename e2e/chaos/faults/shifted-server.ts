import { existsSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wakeJobs } from '../product/stage.ts'
import type { RowContext } from '../row.ts'

/** Where distributions put it. */
const libraries = ['x86_64-linux-gnu/', 'aarch64-linux-gnu/', '64/', '/', ''].map((folder) =>
  join('/usr/lib', folder, 'faketime/libfaketimeMT.so.1'),
)

/**
 * Lets the clock of the database's host jump while the server runs: with libfaketime, which every one of its processes
 * asks for the time instead of the kernel. Where that is not installed, business time jumps instead, and `isWhole` is false.
 */
export async function shiftServer({ stage }: RowContext) {
  const library = libraries.find((one) => existsSync(one))
  const { postgres } = stage
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
