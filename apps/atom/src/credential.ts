import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { readIfThere, writeDurably } from './durable-files.ts'
import { Ending } from './ending.ts'

const stored = z.object({
  credential: z.string(),
  createdAt: z.iso.datetime(),
  /** Written down before the server hears of it, so that a lost answer to its rotation does no harm. */
  next: z.string().nullable(),
  /** Of the token it was, or is being, registered with. */
  tokenHash: z.string(),
  /** Null until the server has answered the registration. */
  node: z.object({ nodeId: z.string(), atomId: z.string(), atomName: z.string() }).nullable(),
})
export type StoredCredential = z.infer<typeof stored>

/** A credential of 256 random bits, never seen by anybody but the server. */
export const newCredential = () => randomBytes(32).toString('base64url')
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

const fileIn = (directory: string) => join(directory, 'credential.json')

/** What an earlier run kept; undefined in a fresh directory. */
export async function readCredential(directory: string): Promise<StoredCredential | undefined> {
  const text = await readIfThere(fileIn(directory))
  if (text === undefined) return undefined
  try {
    return stored.parse(JSON.parse(text))
  } catch {
    throw new Ending(
      'directoryUnusable',
      `${fileIn(directory)} is damaged. Delete it and start again with the token of a new install command.`,
    )
  }
}

/** Readable by nobody else. */
export const saveCredential = (directory: string, credential: StoredCredential) =>
  writeDurably(fileIn(directory), `${JSON.stringify(credential, null, 2)}\n`, 0o600)
