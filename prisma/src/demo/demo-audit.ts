import type { AuditAction, AuditObjectType } from '@packline/domain/audit/audit-actions.ts'
import type { Tx } from '../client.ts'
import type { Prisma } from '../generated/client.ts'
import { toDate } from './demo-calendar.ts'
import { demoId } from './demo-id.ts'

/** Who did something: a person, or the release schedule in the name of one. */
export type Author = { id: string | null; name: string; bySchedule?: boolean }

/** A change that the demo tells of, as the audit log of that account has it. */
export type AuditedEvent = {
  at: Temporal.Instant
  accountId: string
  author: Author
  action: AuditAction
  objectType: AuditObjectType
  objectId: string
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
}

export async function writeAuditLog(tx: Tx, events: readonly AuditedEvent[]) {
  const inOrder = events.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
  await tx.auditEntry.createMany({
    data: inOrder.map(({ at, author, ...event }, index) => ({
      ...event,
      id: demoId('audit', index),
      at: toDate(at),
      actorKind: author.bySchedule ? 'SCHEDULER' : 'USER',
      actorId: author.id,
      actorName: author.name,
      source: author.bySchedule ? 'INTERNAL' : 'UI',
    })),
  })
}
