import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import { endDetached } from './deliveries.store.ts'

const undone = z.object({ installations: z.number(), accounts: z.number(), attachments: z.number() })

/** Detaches and uninstalls a pack everywhere, in one statement however many have it, and says how many there were. */
export async function uninstallAll(tx: Tx, packId: string, now: Temporal.Instant) {
  const at = now.toString()
  const rows = await tx.$queryRaw`
    with detached as (
      update "Attachment" set "detachedAt" = ${at}::timestamptz
      where "packId" = ${packId}::uuid and "detachedAt" is null
      returning id),
    ${endDetached(now)},
    uninstalled as (
      update "Installation" set "uninstalledAt" = ${at}::timestamptz
      where "packId" = ${packId}::uuid and "uninstalledAt" is null
      returning "accountId")
    select count(*)::int as installations, count(distinct "accountId")::int as accounts,
      (select count(*)::int from detached) as attachments
    from uninstalled`
  const [counts] = z.array(undone).parse(rows)
  return counts ?? { installations: 0, accounts: 0, attachments: 0 }
}
