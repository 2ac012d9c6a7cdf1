import { Prisma } from '@packline/database/generated/client.ts'
import { mayDo } from '@packline/domain/access/actions.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTime, type Source, timeKey } from '../query/source.views.ts'

/** What was changed in the account. The name of an act is its type, the action and a qualifier, with spaces between. */
export const auditLog: Source = {
  idColumn: 'documentId',
  order: inTime,
  isLarge: true,
  properties: {
    containerId: 'text',
    userId: 'text',
    date: 'date-time',
    type: 'text',
    action: 'text',
    modifier: 'text',
    level: 'text',
    source: 'text',
    documentId: 'text',
    accountId: 'text',
  },
  select: ({ accountId }) => Prisma.sql`
    select ${timeKey}, e.id::text as "documentId",
      e."objectId" as "containerId", e."accountId", coalesce(u.email, e."actorName") as "userId",
      e."actorName", e.action as "actName", e.at as date, split_part(e.action, ' ', 1) as type,
      split_part(e.action, ' ', 2) as action, coalesce(nullif(split_part(e.action, ' ', 3), ''), 'NONE') as modifier,
      case when e.action like '% FAIL%' then 'ERROR' else 'INFO' end as level, e.source::text as source, e.before, e.after
    from "AuditEntry" e left join "User" u on u.id = e."actorId" and e."actorKind" in ('USER', 'TOKEN')
    where e."accountId" = ${accountId}`,
}

/** What happened: releases for who may see them, updates and deliveries for who may see those. */
export const events: Source = {
  idColumn: 'eventId',
  order: inTime,
  properties: {
    eventId: 'text',
    accountId: 'text',
    atomId: 'text',
    atomName: 'text',
    eventLevel: 'text',
    eventDate: 'date-time',
    status: 'text',
    eventType: 'text',
    executionId: 'text',
    title: 'text',
    updateDate: 'date-time',
    startTime: 'date-time',
    endTime: 'date-time',
    errorDocumentCount: 'integer',
    inboundDocumentCount: 'integer',
    outboundDocumentCount: 'integer',
    processName: 'text',
    recordDate: 'date-time',
    error: 'text',
    environment: 'text',
    classification: 'text',
  },
  select: (actor) => Prisma.sql`
    select ${timeKey}, 'event-' || e.id as "eventId",
      e."accountId", coalesce(e.data ->> 'atomId', '') as "atomId", coalesce(e.data ->> 'atomName', '') as "atomName",
      case when e.type like '%.failed' then 'ERROR' when e.type = 'release.late' then 'WARNING' else 'INFO' end
        as "eventLevel",
      case when e.type like '%.failed' then 'ERROR' else 'COMPLETE' end as status,
      e.at as "eventDate", e.at as "updateDate", e.at as "startTime", e.at as "endTime", e.at as "recordDate",
      e.type as "eventType", '' as "executionId", coalesce(k.name, '') as title, '' as "processId", '' as "processName",
      coalesce(e.data ->> 'environmentName', '') as environment,
      case v.classification when 'TEST' then 'TEST' when 'PRODUCTION' then 'PROD' else '' end as classification,
      coalesce(e.data ->> 'cause', '') as error, '' as "errorType", '' as "erroredStepLabel",
      '' as "erroredStepType", '' as "topLevelProcessId", 0 as "errorDocumentCount", 0 as "inboundDocumentCount",
      0 as "outboundDocumentCount"
    from "Event" e left join "IntegrationPack" k on k.id = e."packId"
    left join "Environment" v on v.id = (e.data ->> 'environmentId')::uuid and v."accountId" = e."accountId"
    where e."accountId" = ${actor.accountId} and e.type like any(${visibleTypes(actor)}::text[])`,
}

const visibleTypes = (actor: Actor): string[] => [
  ...(mayDo('view-releases', actor).kind === 'allowed' ? ['release.%'] : []),
  ...(mayDo('view-updates', actor).kind === 'allowed' ? ['update.%', 'delivery.%'] : []),
]
