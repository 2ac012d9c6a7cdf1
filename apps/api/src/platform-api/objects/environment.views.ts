import { Prisma } from '@packline/database/generated/client.ts'
import type { Source } from '../query/source.views.ts'
import { encodedId } from './conceptual-id.ts'

export const environments: Source = {
  idColumn: 'id',
  properties: { name: 'text', id: 'text', classification: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select e.id::text as key, e.id::text as id, e.name,
      case e.classification when 'TEST' then 'TEST' else 'PROD' end as classification,
      json_build_array(e.name, e.classification) as "etagFacts"
    from "Environment" e
    where e."accountId" = ${accountId} and e."deletedAt" is null and e."placeOfAtomId" is null`,
}

/** The roles that environments are kept to; one without any is open to everybody with the privileges. */
export const environmentRoles: Source = {
  idColumn: 'id',
  properties: { environmentId: 'text', roleId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select x."roleId"::text || ' ' || x."environmentId" as key, x."environmentId"::text as "environmentId",
      x."roleId"::text as "roleId", ${encodedId(Prisma.sql`'ENV_ROLE' || x."roleId" || ':' || x."environmentId"`)} as id
    from "EnvironmentRole" x join "Environment" e on e.id = x."environmentId" where e."accountId" = ${accountId}`,
}

export const environmentAtoms: Source = {
  idColumn: 'id',
  properties: { atomId: 'text', environmentId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select t."atomId"::text || ' ' || t."environmentId" as key, t."atomId"::text as "atomId",
      t."environmentId"::text as "environmentId",
      ${encodedId(Prisma.sql`'ATTACH_ATOM_ENV' || t."atomId" || ':' || t."environmentId"`)} as id
    from "EnvironmentAtom" t
    join "Environment" e on e.id = t."environmentId" and e."placeOfAtomId" is null
    where t."accountId" = ${accountId}`,
}
