import { Prisma } from '@packline/database/generated/client.ts'
import type { Source } from '../query/source.views.ts'
import { encodedId } from './conceptual-id.ts'

export const environments: Source = {
  idColumn: 'id',
  properties: { name: 'text', id: 'text', classification: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select e.id::text as key, e.id::text as id, e.name,
      case e.classification when 'TEST' then 'TEST' else 'PROD' end as classification
    from "Environment" e where e."accountId" = ${accountId} and e."deletedAt" is null`,
}

/** Environments here are open to everybody whose privileges let them manage environments, so no role is given to one. */
export const environmentRoles: Source = {
  idColumn: 'id',
  properties: { environmentId: 'text', roleId: 'text' },
  select: () => Prisma.sql`
    select ''::text as key, ''::text as id, ''::text as "environmentId", ''::text as "roleId" where false`,
}

export const environmentAtoms: Source = {
  idColumn: 'id',
  properties: { atomId: 'text', environmentId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select t."atomId"::text || ' ' || t."environmentId" as key, t."atomId"::text as "atomId",
      t."environmentId"::text as "environmentId",
      ${encodedId(Prisma.sql`'ATTACH_ATOM_ENV' || t."atomId" || ':' || t."environmentId"`)} as id
    from "EnvironmentAtom" t where t."accountId" = ${accountId}`,
}
