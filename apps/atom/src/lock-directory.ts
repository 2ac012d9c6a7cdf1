import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, realpath, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf } from './durable-files.ts'
import { Ending } from './ending.ts'

/**
 * Makes the directory and keeps a second agent out of it. The lock is a local socket named after the directory: the
 * system takes it back however the process ends, so nothing stale is left by kill -9.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = await usable(directory)
  const name = socketName(createHash('sha256').update(path).digest('hex').slice(0, 32))
  if (process.platform === 'darwin') await removeStale(name)
  const server = createServer((socket) => socket.destroy())
  server.listen(name)
  try {
    await once(server, 'listening')
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    throw new Ending(
      'directoryUnusable',
      `Another Atom already runs in ${directory}. Stop it, or choose another --dir.`,
    )
  }
  server.unref()
  return async () => {
    server.close()
    await once(server, 'close')
  }
}

async function usable(directory: string) {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return await realpath(directory)
  } catch (error) {
    throw new Ending(
      'directoryUnusable',
      `The directory ${directory} cannot be used: ${codeOf(error) ?? String(error)}.`,
    )
  }
}

function socketName(hash: string) {
  if (process.platform === 'win32') return `\\\\?\\pipe\\packline-atom-${hash}`
  // Linux keeps these names in the kernel alone, and forgets them with the process.
  return process.platform === 'linux'
    ? `\0packline-atom-${hash}`
    : join(tmpdir(), `packline-atom-${hash}.sock`)
}

async function removeStale(name: string) {
  const probe = connect(name)
  const isAlive = await once(probe, 'connect').then(
    () => true,
    () => false,
  )
  probe.destroy()
  if (!isAlive) await rm(name, { force: true })
}
