import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import { hashToken } from './session-token.ts'

const nodeRow = z.object({
  nodeId: z.uuid(),
  nodeName: z.string(),
  atomId: z.uuid(),
  atomName: z.string(),
  accountId: z.string(),
})

/** A node is noted as heard from at most so often. */
const noteInterval = '20 seconds'

/**
 * The node a credential belongs to: one statement a request, which also notes that it was heard from, and from where.
 * Machine time, as for sessions: moving the settable clock takes no Atom offline.
 */
export async function findNode(db: Database, credential: string, address: string) {
  const hash = hashToken(credential)
  const rows = await db.$queryRaw`
    with heard as (
      update "AtomNode" set "lastSeenAt" = now(), address = ${address}
      where "credentialHash" = ${hash}
        and ("lastSeenAt" is null or "lastSeenAt" < now() - ${noteInterval}::interval))
    select n.id as "nodeId", n.name as "nodeName", a.id as "atomId", a.name as "atomName", a."accountId"
    from "AtomNode" n join "Atom" a on a.id = n."atomId"
    where n."credentialHash" = ${hash}`
  return z.array(nodeRow).parse(rows)[0]
}
