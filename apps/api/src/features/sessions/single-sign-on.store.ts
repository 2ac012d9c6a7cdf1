import type { Database } from '@packline/database/client.ts'
import { signOnMinutes } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import type { SignOnSecrets } from '../../platform/openid-provider.ts'

const validFor = `${signOnMinutes} minutes`

export type SignOnUnderWay = SignOnSecrets & { returnTo: string; formerTokenHash: Uint8Array | undefined }

/** Keeps a sign-in that is under way at the provider, by the hash of the cookie its browser holds meanwhile. */
export async function insertSignOn(db: Database, tokenHash: Uint8Array, signOn: SignOnUnderWay) {
  const { state, nonce, codeVerifier, returnTo, formerTokenHash = null } = signOn
  await db.$executeRaw`
    insert into "SingleSignOn" ("tokenHash", state, nonce, "codeVerifier", "returnTo", "formerTokenHash", "expiresAt")
    values (${tokenHash}, ${state}, ${nonce}, ${codeVerifier}, ${returnTo}, ${formerTokenHash},
      now() + ${validFor}::interval)`
}

const bytes = z.instanceof(Uint8Array)
const claimed = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  formerTokenHash: bytes.nullable().transform((hash) => hash ?? undefined),
  isInTime: z.boolean(),
})

/** Takes the sign-in of this cookie away, so that nobody can bring its answer a second time. */
export async function claimSignOn(db: Database, tokenHash: Uint8Array) {
  const rows = await db.$queryRaw`
    delete from "SingleSignOn" where "tokenHash" = ${tokenHash}
    returning state, nonce, "codeVerifier", "returnTo", "formerTokenHash", "expiresAt" > now() as "isInTime"`
  return z.array(claimed).parse(rows)[0]
}

/** Clears away sign-ins that nobody came back from. */
export function deleteAbandonedSignOns(db: Database): Promise<number> {
  return db.$executeRaw`delete from "SingleSignOn" where "expiresAt" <= now()`
}
