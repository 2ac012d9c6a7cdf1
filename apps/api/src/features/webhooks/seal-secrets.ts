import type { Database } from '@packline/database/client.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { secretContext } from '../../platform/sign-webhook.ts'
import { listUnsealedSecrets, saveSealedSecrets } from './webhooks.store.ts'

export type SealSecretsOutcome =
  | { kind: 'sealed'; count: number }
  | { kind: 'refused'; reason: 'key-unknown' }

/**
 * Seals with the current key whatever is not: secrets from before there was a key, and those of a former key. Any number
 * of instances may do it; whoever rolls a secret meanwhile wins.
 */
export async function sealSecrets(db: Database, secrets: SecretBox): Promise<SealSecretsOutcome> {
  const found = await listUnsealedSecrets(db, secrets.currentMark)
  const opened = []
  for (const { id, secret, formerSecret } of found) {
    const again = (stored: string) => secrets.seal(secrets.open(stored, secretContext(id)), secretContext(id))
    try {
      opened.push({
        before: { id, secret },
        secret: again(secret),
        formerSecret: formerSecret === null ? null : again(formerSecret),
      })
    } catch {
      return { kind: 'refused', reason: 'key-unknown' }
    }
  }
  for (const { before, ...sealed } of opened) await saveSealedSecrets(db, before, sealed)
  return { kind: 'sealed', count: opened.length }
}
