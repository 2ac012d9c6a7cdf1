import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const uninstalled = z.object({
  id: z.uuid(),
  accountId: z.string(),
  name: z.string(),
  attachments: z.number(),
})

/** Detaches and uninstalls a pack everywhere, in one statement. Returns the installations, with their attachments. */
export async function uninstallAll(tx: Tx, packId: string, now: Temporal.Instant) {
  const at = now.toString()
  const rows = await tx.$queryRaw`
    with detached as (
      update "Attachment" set "detachedAt" = ${at}::timestamptz
      where "packId" = ${packId}::uuid and "detachedAt" is null
      returning "installationId"),
    uninstalled as (
      update "Installation" set "uninstalledAt" = ${at}::timestamptz
      where "packId" = ${packId}::uuid and "uninstalledAt" is null
      returning id, "accountId", name)
    select u.id, u."accountId", u.name, coalesce(d.count, 0)::int as attachments
    from uninstalled u
    left join (select "installationId", count(*) from detached group by "installationId") d
      on d."installationId" = u.id
    order by u.id`
  return z.array(uninstalled).parse(rows)
}
