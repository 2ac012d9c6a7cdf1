import type { Database } from '../client.ts'
import { writeAccounts } from './demo-accounts.ts'
import { writeAuditLog } from './demo-audit.ts'
import { demoCalendar } from './demo-calendar.ts'
import { writeEnvironments } from './demo-environments.ts'
import { demoPassword, demoPeople } from './demo-people.ts'
import { tokenEvents, writeTokens } from './demo-tokens.ts'
import { demoCatalogue } from './package-components.ts'
import { inventoryEssentials } from './packs/inventory-essentials.ts'
import { deliverTheRest } from './packs/install-base.ts'
import { orderToCash } from './packs/order-to-cash.ts'
import { partnerOnboarding } from './packs/partner-onboarding.ts'
import { returnsHandling } from './packs/returns-handling.ts'
import { shipmentNotices } from './packs/shipment-notices.ts'
import { writePacks } from './packs/write-packs.ts'
import { writeEvents } from './write-events.ts'
import { webhookEvents, writeWebhooks } from './demo-webhooks.ts'
import { componentEvents, readContents, writeComponents } from './write-components.ts'

export type SeedOptions = {
  hashPassword: (password: string) => Promise<string>
  /** Business time: the demo's past and future are counted from here. */
  now: Temporal.Instant
  /** The zone data that the release dates are derived with. */
  zoneDataVersion: string
}

/** Any number will do; it marks a database as being seeded. */
const seedLock = 727_003

/**
 * Fills an empty database with the demo; false when it already has accounts. One transaction under a lock: a crash
 * leaves the database empty, so that the next start seeds it, and of two instances one seeds and the other finds it done.
 */
export async function seedDemo(db: Database, options: SeedOptions): Promise<boolean> {
  const { hashPassword, zoneDataVersion } = options
  if ((await db.account.count()) > 0) return false

  const calendar = demoCalendar(options.now)
  const catalogue = demoCatalogue(calendar)
  const book = { calendar, catalogue }
  const histories = [
    orderToCash(book),
    inventoryEssentials(book),
    partnerOnboarding(book),
    shipmentNotices(book),
    returnsHandling(book),
  ]
  for (const history of histories) deliverTheRest(history)
  const uploads = await readContents(catalogue)
  const passwordHashes = await Promise.all(demoPeople.map(() => hashPassword(demoPassword)))

  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(${seedLock})`
      if ((await tx.account.count()) > 0) return false

      await writeAccounts(tx, passwordHashes, calendar)
      await writeTokens(tx, calendar)
      await writeWebhooks(tx, calendar)
      await writeEnvironments(tx, calendar)
      await writeComponents(tx, catalogue, uploads)
      await writePacks(tx, histories, zoneDataVersion)
      const events = [
        ...tokenEvents(calendar),
        ...webhookEvents(calendar),
        ...componentEvents(catalogue, uploads),
        ...histories.flatMap((one) => one.events),
      ]
      await writeAuditLog(tx, events)
      await writeEvents(tx)
      return true
    },
    { timeout: 30_000, maxWait: 10_000 },
  )
}
