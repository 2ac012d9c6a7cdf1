import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes a data directory for this process and says how to free it again; undefined where another process has it. The
 * operating system frees it, too, however the process ends. Node has no locks on files, SQLite has them on every system.
 */
export function lockDataDirectory(dataDir: string): (() => void) | undefined {
  const file = new DatabaseSync(join(dataDir, 'packline.lock'))
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (isTaken(error)) return undefined
    throw error
  }
  return () => file.close()
}

/** SQLITE_BUSY */
const isTaken = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === 5
