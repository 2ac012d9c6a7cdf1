import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Env } from './env.ts'
import { createSecretBox, type SecretBox } from './secret-box.ts'

export type OpenedSecrets = { kind: 'opened'; secrets: SecretBox } | { kind: 'refused'; sentence: string }

const keyBytes = 32

/**
 * What secrets in the database are sealed with: the configured key, or one that is made once and kept in the data
 * directory. With a database elsewhere, production does without that directory, so it has to be told the key.
 */
export async function openSecrets({
  secretsKeys,
  dataDir,
  databaseUrl,
  isProduction,
}: Pick<Env, 'secretsKeys' | 'dataDir' | 'databaseUrl' | 'isProduction'>): Promise<OpenedSecrets> {
  if (secretsKeys) return { kind: 'opened', secrets: createSecretBox(secretsKeys) }
  if (isProduction && databaseUrl !== undefined) return { kind: 'refused', sentence: keyNeeded }
  const path = join(dataDir, fileName)
  try {
    const key = await keptKey(path)
    if (key?.byteLength === keyBytes) return { kind: 'opened', secrets: createSecretBox([key]) }
    return { kind: 'refused', sentence: `The key in ${path} is damaged. Restore that file from a backup.` }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'refused', sentence: `The key in ${path} cannot be read or written: ${why}` }
  }
}

const keyNeeded =
  'SECRETS_KEY is needed with DATABASE_URL and NODE_ENV=production: it seals the secrets of webhooks and the ' +
  'keys of two-step sign-in in the database. Make one with `openssl rand -base64 32` and keep it with the backups, apart from them.'

const fileName = 'secrets.key'

async function keptKey(path: string): Promise<Buffer | undefined> {
  return (await read(path)) ?? (await make(path))
}

/** The key that is in the file then: whoever comes second finds what the first one wrote. */
async function make(path: string): Promise<Buffer | undefined> {
  await mkdir(dirname(path), { recursive: true })
  // Written elsewhere and put in place whole: who comes at the same moment must not find half a key.
  const own = `${path}.${randomUUID()}`
  await writeFile(own, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600 })
  try {
    await link(own, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(own)
  }
  return read(path)
}

/** Undefined where there is no such file. */
const read = (path: string): Promise<Buffer | undefined> =>
  readFile(path, 'utf8').then(
    (text) => Buffer.from(text.trim(), 'base64'),
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined
      throw error
    },
  )

const hasCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code
