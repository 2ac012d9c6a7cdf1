import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RowContext } from '../row.ts'
import { atExit } from './at-exit.ts'

/** A new folder that is gone when the row is over, or when the run is interrupted before. */
export async function temporaryFolder({ afterwards }: Pick<RowContext, 'afterwards'>, prefix: string) {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }))
  afterwards(async () => {
    await rm(folder, { recursive: true, force: true })
    forget()
  })
  return folder
}
