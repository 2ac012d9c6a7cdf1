import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
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
    if (key.byteLength === keyBytes) return { kind: 'opened', secrets: createSecretBox([key]) }
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

async function keptKey(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true })
  try {
    // Whoever comes second finds the file there, and reads what the first one wrote.
    await writeFile(path, `${randomBytes(keyBytes).toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')
}
