import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeployedPackageView, DeploymentView } from '@packline/contract/atom-protocol.ts'
import { complete, previousRelease } from './activate.ts'
import {
  type AttachmentDirectory,
  incomingPath,
  keepOnly,
  listDirectory,
  readPointer,
  releasePath,
} from './directories.ts'
import { type Download, downloadPackage } from './download.ts'
import { holdsRelease, isIntact, readManifest } from './manifest.ts'
import type { Slots } from './slots.ts'

/** Brings a release onto the disk, whole and verified, without touching the one that runs. */
export async function prepare(
  directory: AttachmentDirectory,
  deployment: DeploymentView,
  context: Download & { slots: Slots },
) {
  const { releaseId, packages } = deployment
  if (await holdsRelease(releasePath(directory, releaseId), deployment)) return
  const incoming = incomingPath(directory, releaseId)
  const previous = await previousRelease(directory, releaseId)
  const pointed = await readPointer(directory)
  await keepOnly(
    directory,
    [releaseId, previous, pointed].filter((name) => name !== undefined),
  )
  await mkdir(incoming, { recursive: true })
  await removeStrangers(incoming, packages)

  const reusable = previous === undefined ? undefined : await reusableFiles(releasePath(directory, previous))
  // After a failure the other downloads end as well, and none of them writes behind the back of the next try.
  const giveUp = new AbortController()
  const signal = AbortSignal.any([context.signal, giveUp.signal])
  const fetched = await Promise.allSettled(
    packages.map((wanted) =>
      context
        .slots(async () => {
          signal.throwIfAborted()
          const path = join(incoming, wanted.fileName)
          const known = reusable?.get(wanted.sha256)
          if (known !== undefined && (await reuse(known, path, wanted))) return context.onBytes(wanted.size)
          await downloadPackage(wanted, path, { ...context, signal })
        })
        .catch((error: unknown) => {
          if (!signal.aborted) giveUp.abort(error)
          throw error
        }),
    ),
  )
  context.signal.throwIfAborted()
  if (giveUp.signal.aborted) throw giveUp.signal.reason
  const failed = fetched.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  await complete(directory, deployment)
}

async function removeStrangers(incoming: string, packages: readonly DeployedPackageView[]) {
  const known = new Set(packages.flatMap(({ fileName }) => [fileName, `${fileName}.part`]))
  for (const { name } of await listDirectory(incoming)) {
    if (!known.has(name)) await rm(join(incoming, name), { recursive: true, force: true })
  }
}

/** Files of the release that runs, by digest: what a new release keeps need not travel again. */
async function reusableFiles(directory: string) {
  const manifest = await readManifest(directory)
  return new Map(manifest?.packages.map(({ sha256, fileName }) => [sha256, join(directory, fileName)]))
}

async function reuse(known: string, path: string, wanted: DeployedPackageView): Promise<boolean> {
  if (!(await isIntact(known, wanted))) return false
  const part = `${path}.part`
  await copyFile(known, part, constants.COPYFILE_FICLONE)
  const file = await open(part, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  if (!(await isIntact(part, wanted))) return false
  await rename(part, path)
  return true
}
