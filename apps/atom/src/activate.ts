import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeploymentView } from '@packline/contract/atom-protocol.ts'
import {
  activatedMark,
  type AttachmentDirectory,
  incomingPath,
  keepOnly,
  listDirectory,
  readPointer,
  releasePath,
} from './directories.ts'
import { pointTo, readIfThere, syncDirectory, writeDurably } from './durable-files.ts'
import { holdsRelease, writeManifest } from './manifest.ts'
import { type Command, runOnActivate } from './on-activate.ts'

/** True when this release runs already: it was activated to the end and nothing is missing. */
export async function isActivated(directory: AttachmentDirectory, deployment: DeploymentView) {
  const path = releasePath(directory, deployment.releaseId)
  return (
    (await readPointer(directory)) === deployment.releaseId &&
    (await isMarked(path)) &&
    (await holdsRelease(path, deployment))
  )
}

/** A fetched release becomes a directory of its own under its own name, complete or not at all. */
export async function complete(directory: AttachmentDirectory, deployment: DeploymentView) {
  const incoming = incomingPath(directory, deployment.releaseId)
  const path = releasePath(directory, deployment.releaseId)
  await writeManifest(incoming, deployment)
  await syncDirectory(incoming)
  // Only a damaged one can be in the way: it could not be used again.
  await rm(path, { recursive: true, force: true })
  await rename(incoming, path)
  await syncDirectory(directory.path)
}

/**
 * Lets `current` point to the release, runs the command, and only then gives the old release's space back. If the
 * command fails, `current` points to the old one again.
 */
export async function activate(
  directory: AttachmentDirectory,
  deployment: DeploymentView,
  { command, signal }: { command: Command | undefined; signal: AbortSignal },
) {
  const { releaseId } = deployment
  const path = releasePath(directory, releaseId)
  const previous = await previousRelease(directory, releaseId)
  await rm(join(path, activatedMark), { force: true })
  await pointTo(directory.pointer, releaseId)
  if (command) {
    try {
      await runOnActivate(command, deployment, { directory: path, signal })
    } catch (error) {
      await pointBack(directory, previous)
      throw error
    }
  }
  await writeDurably(join(path, activatedMark), '')
  await keepOnly(directory, [releaseId])
}

async function pointBack(directory: AttachmentDirectory, previous: string | undefined) {
  if (previous !== undefined) return pointTo(directory.pointer, previous)
  await rm(directory.pointer, { force: true })
  await syncDirectory(directory.path)
}

/** The one that ran before: activated to the end, also when a crash left the pointer on its way. */
export async function previousRelease(directory: AttachmentDirectory, releaseId: string) {
  const pointed = await readPointer(directory)
  const names = (await listDirectory(directory.path))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== releaseId)
    .map(({ name }) => name)
  for (const name of names.toSorted((a, b) => Number(b === pointed) - Number(a === pointed))) {
    if (await isMarked(releasePath(directory, name))) return name
  }
  return undefined
}

const isMarked = async (path: string) => (await readIfThere(join(path, activatedMark))) !== undefined
