import type { Tx } from '@packline/database/client.ts'
import { type AtomType, atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { z } from 'zod'

const validFor = '1 hour'

const inserted = z.tuple([z.object({ expiresAt: z.date() })])

/**
 * Keeps a new one-time token by its hash and says until when it is valid, in business time. Where only one node can
 * register, tokens given out before end; each node of a Molecule needs its own.
 */
export async function insertToken(
  tx: Tx,
  token: { atomId: string; type: AtomType; hash: Uint8Array; createdByName: string },
): Promise<Date> {
  const endsOthers = !atomTypeTable[token.type].hasSeveralNodes
  const rows = await tx.$queryRaw`
    with ended as (
      delete from "AtomInstallToken" where ${endsOthers} and "atomId" = ${token.atomId}::uuid and "usedAt" is null)
    insert into "AtomInstallToken" (id, "atomId", "tokenHash", "createdByName", "createdAt", "expiresAt")
    values (new_id(), ${token.atomId}::uuid, ${token.hash}, ${token.createdByName}, now(),
      now() + ${validFor}::interval)
    returning app_now() + ${validFor}::interval as "expiresAt"`
  const [{ expiresAt }] = inserted.parse(rows)
  return expiresAt
}

const claimed = z.object({
  atomId: z.uuid(),
  atomName: z.string(),
  type: z.enum(['ATOM', 'MOLECULE', 'CLOUD']),
  accountId: z.string(),
  createdByName: z.string(),
})
export type ClaimedToken = z.infer<typeof claimed>

/** Uses a token up. Undefined for one that is unknown, used already or has ended: whoever comes second gets nothing. */
export async function claimToken(tx: Tx, hash: Uint8Array): Promise<ClaimedToken | undefined> {
  const rows = await tx.$queryRaw`
    update "AtomInstallToken" t set "usedAt" = now()
    from "Atom" a
    where t."tokenHash" = ${hash} and t."usedAt" is null and t."expiresAt" > now() and a.id = t."atomId"
    returning a.id as "atomId", a.name as "atomName", a.type, a."accountId", t."createdByName"`
  return z.array(claimed).parse(rows)[0]
}

/** Tokens that ended long ago; until then a registration that is sent again finds what it was used for. */
export function deleteOldTokens(db: Tx): Promise<number> {
  return db.$executeRaw`delete from "AtomInstallToken" where "expiresAt" < now() - interval '1 day'`
}
