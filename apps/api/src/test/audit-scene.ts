import type { AuditPage } from '@packline/contract/audit-log.ts'
import { expect } from 'vitest'
import { createAccount, signInAs } from './people.ts'
import { createTestApp } from './test-app.ts'

type Entry = {
  at?: string
  actorId?: string | null
  actorName?: string
  action?: string
  objectType?: string
  objectId?: string
  source?: string
  after?: unknown
  count?: number
}

/** A server whose audit logs are read. */
export async function createAuditScene() {
  const app = await createTestApp()
  const { db } = app

  /** Somebody in an account of their own whose log is empty. */
  async function reader({ timeZone = 'UTC' }: { timeZone?: string } = {}) {
    const accountId = await createAccount(app)
    return signInAs(app, { accountId, role: 'administrator', timeZone })
  }
  type Person = Awaited<ReturnType<typeof reader>>

  const list = async (person: Person, query: Record<string, string> = {}): Promise<AuditPage> => {
    const response = await person.call('GET', '/audit-log', { query })
    expect(response.statusCode, response.body).toBe(200)
    return response.json()
  }

  /** So many entries of the account, a second apart. */
  const insert = (accountId: string, entry: Entry = {}) => db.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "actorName", source, "requestId", action,
      "objectType", "objectId", after)
    select gen_random_uuid(), ${accountId},
      ${entry.at ?? '2026-11-01T00:00:00Z'}::timestamptz + n * interval '1 second',
      ${entry.actorId === null ? 'SCHEDULER' : 'USER'}::"ActorKind", ${entry.actorId ?? null}::uuid,
      ${entry.actorName ?? 'Ada'}, ${entry.source ?? 'UI'}::"AuditSource", null,
      ${entry.action ?? 'as.component UPDATE'}, ${entry.objectType ?? 'component'}, ${entry.objectId ?? 'x'},
      ${JSON.stringify(entry.after ?? {})}::jsonb
    from generate_series(1, ${entry.count ?? 1}::int) n`

  return { app, db, reader, list, insert }
}
