import { Prisma } from '@packline/database/generated/client.ts'

const { sql } = Prisma

/**
 * Whether the attachment `a` has to do with a name that very many have, and that no index is of use for. The name of a
 * pack with a single attachment is that of all its installations, and no use here.
 */
export const hasName = (packType: 'SINGLE' | 'MULTI', pattern: string) => sql`exists (
  select from "Account" c
  join "Environment" e on e.id = a."environmentId"
  where c.id = a."accountId" and (lower(c.name) like lower(${pattern}) or lower(c.id) like lower(${pattern})
    or lower(e.name) like lower(${pattern})
    or ${packType === 'MULTI'} and exists (
      select from "Installation" i where i.id = a."installationId" and lower(i.name) like lower(${pattern}) offset 0)
    or exists (
      select from (select * from "EnvironmentAtom" v where v."environmentId" = a."environmentId" offset 0) ea
      cross join lateral (select * from "Atom" x where x.id = ea."atomId" offset 0) t
      where lower(t.name) like lower(${pattern}) offset 0)) offset 0)`
