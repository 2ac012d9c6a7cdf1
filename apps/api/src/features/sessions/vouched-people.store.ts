import type { Database, Tx } from '@packline/database/client.ts'
import { signOnMinutes } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import type { Identity } from '../../platform/openid-provider.ts'

const validFor = `${signOnMinutes} minutes`

/** Keeps whom the provider vouched for, by the hash of the cookie that their browser holds meanwhile. */
export async function insertVouch(tx: Tx, tokenHash: Uint8Array, { email, firstName, lastName }: Identity) {
  await tx.$executeRaw`
    insert into "VouchedPerson" ("tokenHash", email, "firstName", "lastName", "expiresAt")
    values (${tokenHash}, ${email}, ${firstName}, ${lastName}, now() + ${validFor}::interval)`
}

/** Whom the provider vouched for under this cookie; undefined when that is too long ago. */
export async function findVouched(db: Database, tokenHash: Uint8Array) {
  const rows = await db.$queryRaw`
    select email from "VouchedPerson" where "tokenHash" = ${tokenHash} and "expiresAt" > now()`
  return z.array(z.object({ email: z.string() })).parse(rows)[0]
}

export async function deleteVouch(tx: Tx, tokenHash: Uint8Array) {
  await tx.$executeRaw`delete from "VouchedPerson" where "tokenHash" = ${tokenHash}`
}

/** Clears away whom the provider vouched for and who accepted nothing. */
export function deleteExpiredVouches(db: Database): Promise<number> {
  return db.$executeRaw`delete from "VouchedPerson" where "expiresAt" <= now()`
}
