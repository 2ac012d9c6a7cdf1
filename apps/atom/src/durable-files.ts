import { open, readFile, rename, symlink, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes names that were created, renamed or removed in a directory survive a power cut. */
export async function syncDirectory(directory: string) {
  // Windows has no such thing as a directory to flush.
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a file that is, after any crash, either the old one or the new one, whole. */
export async function writeDurably(path: string, text: string, mode = 0o644) {
  const temporary = `${path}.tmp`
  await rm(temporary, { force: true })
  const handle = await open(temporary, 'wx', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
  await syncDirectory(dirname(path))
}

/** Lets the name point at another directory beside it, in one step. */
export async function pointTo(pointer: string, target: string) {
  const temporary = `${pointer}.tmp`
  await rm(temporary, { force: true })
  await symlink(target, temporary, 'dir')
  await rename(temporary, pointer)
  await syncDirectory(dirname(pointer))
}

/** Undefined when there is no such file. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The system's own name for what went wrong, such as ENOSPC, also when it lies deeper. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}
