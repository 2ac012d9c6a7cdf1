import { open, rename, rm } from 'node:fs/promises'
import type { DeployedPackageView } from '@packline/contract/atom-protocol.ts'
import { backOffMillis, pause } from './back-off.ts'
import { type Client, isPassing } from './client.ts'
import type { Identity } from './identity.ts'
import { isIntact, sizeOf } from './manifest.ts'

/** What arrived is not what the server announced. */
export class WrongContent extends Error {}

export type Download = {
  client: Client
  identity: Identity
  signal: AbortSignal
  /** Told of every byte that arrived, and of bytes that turned out to be worthless as a negative number. */
  onBytes: (count: number) => void
  slowBytesPerSecond: number | undefined
}

/** Tries without any byte arriving before the delivery counts as failed. */
const triesWithoutProgress = 4

/**
 * Fetches a package into a file of that name, going on where an earlier try, or an earlier run, ended. The name exists
 * only once its bytes are on the disk and have the announced digest.
 */
export async function downloadPackage(wanted: DeployedPackageView, path: string, context: Download) {
  if (await isIntact(path, wanted)) return context.onBytes(wanted.size)
  const part = `${path}.part`
  context.onBytes(await usableBytes(part, wanted.size))

  for (let failures = 0; ; ) {
    const before = await usableBytes(part, wanted.size)
    try {
      if (before < wanted.size || before === 0) await fetchRest(wanted, part, before, context)
      break
    } catch (error) {
      if (context.signal.aborted || !isPassing(error)) throw error
      const hasProgressed = (await usableBytes(part, wanted.size)) > before
      failures = hasProgressed ? 1 : failures + 1
      if (failures >= triesWithoutProgress) throw error
      await pause(backOffMillis(failures), context.signal)
    }
  }
  context.signal.throwIfAborted()

  if (!(await isIntact(part, wanted))) {
    await rm(part, { force: true })
    context.onBytes(-wanted.size)
    throw new WrongContent(
      `What was downloaded of ${wanted.componentName} ${wanted.version} does not have the announced digest.`,
    )
  }
  await rename(part, path)
}

/** Bytes of an unfinished download that can be gone on from; one that is too long is thrown away. */
async function usableBytes(part: string, size: number): Promise<number> {
  const bytes = (await sizeOf(part)) ?? 0
  if (bytes <= size) return bytes
  await rm(part, { force: true })
  return 0
}

async function fetchRest(wanted: DeployedPackageView, part: string, from: number, context: Download) {
  const { client, identity, signal, onBytes } = context
  const { packageId, sha256, size } = wanted
  await identity.call((credential) =>
    client.download(credential, { packageId, sha256, from }, signal, async (start, chunks) => {
      const file = await open(part, start === 0 ? 'w' : 'a', 0o644)
      try {
        if (start < from) onBytes(-from)
        let received = start
        for await (const chunk of slowed(chunks, context)) {
          received += chunk.byteLength
          if (received > size)
            throw new WrongContent(`The server sent more than ${size} bytes of ${wanted.componentName}.`)
          await file.writeFile(chunk)
          onBytes(chunk.byteLength)
        }
        await file.sync()
      } finally {
        await file.close()
      }
    }),
  )
}

const slicesPerSecond = 4

/** The chunks as they come, or, for demonstrations, in small slices with pauses. */
async function* slowed(chunks: AsyncIterable<Uint8Array>, { slowBytesPerSecond, signal }: Download) {
  if (slowBytesPerSecond === undefined) {
    yield* chunks
    return
  }
  const slice = Math.max(1, Math.floor(slowBytesPerSecond / slicesPerSecond))
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; at += slice) {
      await pause(1_000 / slicesPerSecond, signal)
      yield chunk.subarray(at, at + slice)
    }
  }
}
