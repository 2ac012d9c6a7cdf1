import type { Database } from '@packline/database/client.ts'
import { keyContext } from '../../platform/one-time-code.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { listUnsealedKeys, saveSealedKey } from './two-step.store.ts'

export type SealKeysOutcome = { kind: 'sealed'; count: number } | { kind: 'refused'; reason: 'key-unknown' }

/** Seals with the current SECRETS_KEY the keys of one-time codes that a former one has sealed. */
export async function sealKeys(db: Database, secrets: SecretBox): Promise<SealKeysOutcome> {
  const found = await listUnsealedKeys(db, secrets.currentMark)
  const sealed = []
  for (const before of found) {
    const context = keyContext(before.userId)
    try {
      sealed.push({ before, key: secrets.seal(secrets.open(before.key, context), context) })
    } catch {
      return { kind: 'refused', reason: 'key-unknown' }
    }
  }
  for (const { before, key } of sealed) await saveSealedKey(db, before, key)
  return { kind: 'sealed', count: sealed.length }
}
