import { auditActionTable, isAuditAction } from '@packline/domain/audit/audit-actions.ts'
import { isRecord } from '../codec/read-value.ts'
import { attribute, element, listOf, shape, type Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import { auditLog as auditEntries, events } from './audit-log.views.ts'
import { platformObject } from './platform-object.ts'
import { rowToValue } from './row-to-value.ts'

const auditShape = shape('AuditLog', {
  documentId: attribute.text,
  containerId: attribute.text,
  accountId: attribute.text,
  userId: attribute.text,
  message: attribute.text,
  date: attribute.dateTime,
  type: attribute.text,
  action: attribute.text,
  modifier: attribute.text,
  level: attribute.text,
  source: attribute.text,
  AuditLogProperty: listOf(
    shape('AuditLogProperty', {
      name: attribute.text,
      value: attribute.text,
      previousValue: attribute.text,
    }),
  ),
})

/** Who changed what, with the values before and after. */
export const auditLog = platformObject({
  shape: auditShape,
  reading: {
    action: 'view-audit-log',
    source: auditEntries,
    get: true,
    query: true,
    finish: (rows) => rows.map(withProperties),
  },
})

function withProperties(row: Row): Value {
  const actName = String(row['actName'])
  const words = isAuditAction(actName) ? auditActionTable[actName] : actName
  const before = isRecord(row['before']) ? row['before'] : {}
  const after = isRecord(row['after']) ? row['after'] : {}
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return {
    ...rowToValue(auditShape, row),
    message: `${String(row['actorName'])} ${words}`,
    AuditLogProperty: names.map((name) => ({
      name,
      value: textOf(after[name]),
      previousValue: textOf(before[name]),
    })),
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * What happened to releases, updates and deliveries, those with the environment and the Atom where they happened. Nothing
 * runs processes here, so their fields are empty.
 */
export const event = platformObject({
  shape: shape('Event', {
    eventId: element.text,
    accountId: element.text,
    atomId: element.text,
    atomName: element.text,
    eventLevel: element.text,
    eventDate: element.dateTime,
    eventType: element.text,
    status: element.text,
    title: element.text,
    executionId: element.text,
    processId: element.text,
    processName: element.text,
    environment: element.text,
    classification: element.text,
    startTime: element.dateTime,
    endTime: element.dateTime,
    updateDate: element.dateTime,
    recordDate: element.dateTime,
    error: element.text,
    errorType: element.text,
    errorDocumentCount: element.integer,
    inboundDocumentCount: element.integer,
    outboundDocumentCount: element.integer,
    erroredStepLabel: element.text,
    erroredStepType: element.text,
    topLevelProcessId: element.text,
  }),
  reading: { action: 'hear-changes', source: events, get: false, query: true },
})
