import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DeployedPackageView, DeploymentView } from '@packline/contract/atom-protocol.ts'
import { z } from 'zod'
import { codeOf, readIfThere, writeDurably } from './durable-files.ts'

const manifestName = '.deployment.json'

const manifest = z.object({
  attachmentId: z.string(),
  accountId: z.string(),
  releaseId: z.string(),
  packages: z.array(
    z.object({ packageId: z.string(), sha256: z.string(), size: z.number(), fileName: z.string() }),
  ),
})
export type Manifest = z.infer<typeof manifest>

const manifestOf = ({ attachmentId, accountId, releaseId, packages }: DeploymentView): Manifest => ({
  attachmentId,
  accountId,
  releaseId,
  packages: packages.map(({ packageId, sha256, size, fileName }) => ({ packageId, sha256, size, fileName })),
})

/** Notes in a release's directory what belongs into it. */
export const writeManifest = (directory: string, deployment: DeploymentView) =>
  writeDurably(join(directory, manifestName), `${JSON.stringify(manifestOf(deployment), null, 2)}\n`)

/** Undefined when there is none that can be read, as in a directory that was never finished. */
export async function readManifest(directory: string): Promise<Manifest | undefined> {
  try {
    const parsed = manifest.safeParse(JSON.parse((await readIfThere(join(directory, manifestName))) ?? ''))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** True when the directory holds exactly this release, every byte of it. */
export async function holdsRelease(directory: string, deployment: DeploymentView): Promise<boolean> {
  const found = await readManifest(directory)
  if (JSON.stringify(found) !== JSON.stringify(manifestOf(deployment))) return false
  for (const expected of deployment.packages) {
    if (!(await isIntact(join(directory, expected.fileName), expected))) return false
  }
  return true
}

/** True when the file has that size and digest. */
export async function isIntact(path: string, { size, sha256 }: Pick<DeployedPackageView, 'size' | 'sha256'>) {
  return (await sizeOf(path)) === size && (await digestOf(path)) === sha256
}

/** In bytes; undefined when there is no such file. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function digestOf(path: string) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
