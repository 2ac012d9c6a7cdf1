import type { AuditRangeRefusal } from '@packline/domain/audit/audit-range.ts'

type AuditLogRefusal = AuditRangeRefusal | 'action-unknown' | 'object-type-unknown'

export const auditLogRefusals: Record<AuditLogRefusal, { status: number; message: string }> = {
  'date-invalid': { status: 422, message: 'This is not a date. Write dates as YYYY-MM-DD.' },
  'range-reversed': { status: 422, message: 'The first date is after the last one. Swap them.' },
  'action-unknown': {
    status: 422,
    message: 'There is no such action. Write it as entries do, such as as.ipack.release SCHEDULE.',
  },
  'object-type-unknown': {
    status: 422,
    message: 'There is no such type of object. Write it as entries do, such as release.',
  },
}
