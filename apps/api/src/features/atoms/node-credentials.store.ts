import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const registered = z.object({ nodeId: z.uuid(), atomId: z.uuid(), atomName: z.string() })
export type RegisteredNode = z.infer<typeof registered>

/** The node that this token was used for with this very credential: the same registration, sent again. */
export async function findRegistration(
  tx: Tx,
  { tokenHash, credentialHash }: { tokenHash: Uint8Array; credentialHash: Uint8Array },
): Promise<RegisteredNode | undefined> {
  const rows = await tx.$queryRaw`
    select n.id as "nodeId", a.id as "atomId", a.name as "atomName"
    from "AtomInstallToken" t
    join "Atom" a on a.id = t."atomId"
    join "AtomNode" n on n."atomId" = a.id and n."credentialHash" = ${credentialHash}
    where t."tokenHash" = ${tokenHash} and t."usedAt" is not null`
  return z.array(registered).parse(rows)[0]
}

/** Gives a node another credential; the one before ends with it. False when the node was removed meanwhile. */
export async function replaceCredential(
  tx: Tx,
  nodeId: string,
  credentialHash: Uint8Array,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update "AtomNode" set "credentialHash" = ${credentialHash} where id = ${nodeId}::uuid`
  return changed === 1
}
