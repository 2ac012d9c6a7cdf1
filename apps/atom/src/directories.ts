import type { Dirent } from 'node:fs'
import { readdir, readlink, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { codeOf, syncDirectory } from './durable-files.ts'

/**
 * Where things lie: `deployments/<attachment>/<release>/` holds a complete release and `current` beside it points to
 * the one that runs. What is being fetched lies in `.<release>.new` until it is whole. Nothing is shared between
 * attachments, so nothing can get from one account's into another's.
 */
export type AttachmentDirectory = { path: string; pointer: string }

export const deploymentsIn = (directory: string) => join(directory, 'deployments')

export function attachmentDirectory(directory: string, attachmentId: string): AttachmentDirectory {
  const path = join(deploymentsIn(directory), attachmentId)
  return { path, pointer: join(path, 'current') }
}

export const releasePath = ({ path }: AttachmentDirectory, releaseId: string) => join(path, releaseId)
export const incomingPath = ({ path }: AttachmentDirectory, releaseId: string) =>
  join(path, `.${releaseId}.new`)

/** Written last: whoever finds it finds a release that was activated whole. */
export const activatedMark = '.activated'

/** The release that `current` points to; undefined when there is none. */
export async function readPointer({ pointer }: AttachmentDirectory): Promise<string | undefined> {
  try {
    return basename(await readlink(pointer))
  } catch (error) {
    if (['ENOENT', 'EINVAL'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}

export async function listDirectory(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** Keeps these releases of an attachment, complete or being fetched, and gives the space of all others back. */
export async function keepOnly(directory: AttachmentDirectory, releaseIds: readonly string[]) {
  const kept = new Set([
    basename(directory.pointer),
    ...releaseIds,
    ...releaseIds.map((id) => basename(incomingPath(directory, id))),
  ])
  for (const { name } of await listDirectory(directory.path)) {
    if (!kept.has(name)) await rm(join(directory.path, name), { recursive: true, force: true })
  }
}

/** Removes what an attachment left: first it no longer runs, then its files go. */
export async function removeAttachment(directory: AttachmentDirectory) {
  await rm(directory.pointer, { force: true })
  const parent = join(directory.path, '..')
  const leaving = join(parent, `.${basename(directory.path)}.gone`)
  try {
    await rm(leaving, { recursive: true, force: true })
    await rename(directory.path, leaving)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  await rm(leaving, { recursive: true, force: true })
  await syncDirectory(parent)
}
