import {
  auditActors,
  auditEntryParams,
  auditEntryView,
  auditExportQuery,
  auditPage,
  auditQuery,
} from '@packline/contract/audit-log.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { isAuditAction, isAuditObjectType } from '@packline/domain/audit/audit-actions.ts'
import { readAuditRange } from '@packline/domain/audit/audit-range.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendCsv } from '../../platform/send-csv.ts'
import { listAuditActors } from './audit-actors.views.ts'
import { exportAuditLog } from './audit-csv.views.ts'
import { findAuditEntry, listAuditEntries } from './audit-entries.views.ts'
import { auditLogRefusals } from './audit-log.refusals.ts'
import type { AuditChoice } from './audit-matches.views.ts'

const tags = ['Audit log']

/** The audit log of the account that is worked in. */
export const auditLogRoutes =
  ({ db }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listAuditEntries.method,
      url: endpoints.listAuditEntries.path,
      config: { access: 'view-audit-log' },
      schema: {
        tags,
        summary: 'The audit log of the account, newest first',
        querystring: auditQuery,
        response: { 200: auditPage, '4xx': problem },
      },
      handler: ({ actor, query }) => {
        const { after, before, pageSize } = query
        return listAuditEntries(db, actor.accountId, {
          ...readChoice(query, actor.timeZone),
          after,
          before,
          pageSize,
        })
      },
    })

    app.route({
      method: endpoints.exportAuditLog.method,
      url: endpoints.exportAuditLog.path,
      config: { access: 'view-audit-log' },
      schema: {
        tags,
        summary: 'The audit log as a CSV file',
        querystring: auditExportQuery,
        response: { '4xx': problem },
      },
      handler: async ({ actor, query }, reply) => {
        return sendCsv(
          reply,
          `audit log of ${actor.accountId}.csv`,
          exportAuditLog(db, actor.accountId, readChoice(query, actor.timeZone)),
        )
      },
    })

    app.route({
      method: endpoints.listAuditActors.method,
      url: endpoints.listAuditActors.path,
      config: { access: 'view-audit-log' },
      schema: {
        tags,
        summary: 'Users and Atoms in the audit log, to filter it by',
        response: { 200: auditActors, '4xx': problem },
      },
      handler: ({ actor }) => listAuditActors(db, actor.accountId),
    })

    app.route({
      method: endpoints.getAuditEntry.method,
      url: endpoints.getAuditEntry.path,
      config: { access: 'view-audit-log' },
      schema: {
        tags,
        summary: 'An entry of the audit log with what was before and after',
        params: auditEntryParams,
        response: { 200: auditEntryView, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const entry = await findAuditEntry(db, actor.accountId, params.entryId)
        if (!entry) throw notFound('audit entry')
        return entry
      },
    })
  }

function readChoice(query: z.output<typeof auditExportQuery>, timeZone: string | null): AuditChoice {
  const { actor, action, objectType, objectId, source, search } = query
  if (action !== undefined && !isAuditAction(action)) throw refusal('action-unknown')
  if (objectType !== undefined && !isAuditObjectType(objectType)) throw refusal('object-type-unknown')
  const check = readAuditRange(query, timeZone ?? 'UTC')
  if (check.kind === 'refused') throw refusal(check.reason)
  return { actor, action, objectType, objectId, source, search, range: check.range }
}

const refusal = (reason: keyof typeof auditLogRefusals) =>
  new RequestRefused({ code: reason, ...auditLogRefusals[reason] })
