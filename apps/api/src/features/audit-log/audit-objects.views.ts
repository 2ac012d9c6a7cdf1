import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const { sql } = Prisma

export const auditedObject = z.object({
  type: z.string(),
  id: z.string(),
  name: z.string().nullable(),
  isThere: z.boolean(),
  packId: z.uuid().nullable(),
  installationId: z.uuid().nullable(),
})

/**
 * What the entry "e" is about, as it is called now; where that is gone, as the entry called it. Everything is looked for
 * in the account of the log only, whatever an entry may name.
 */
export const auditedObjectJoins = {
  column: sql`jsonb_build_object('type', e."objectType", 'id', e."objectId", 'packId', about."packId",
    'installationId', about."installationId", 'isThere', coalesce(about."isThere", false),
    'name', coalesce(about.name, e.after->>'name', e.before->>'name'))`,
  joins: (scope: AccountScope) => sql`
    left join "ApiToken" token on token.id = e."tokenId" and token."accountId" = ${scope}
    left join lateral (select
      case when e."objectId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e."objectId"::uuid end as id) o on true
    left join lateral (
      select k.name, k.id as "packId", null::uuid as "installationId", k."deletedAt" is null as "isThere"
      from "IntegrationPack" k
      where e."objectType" = 'integration-pack' and k.id = o.id and k."accountId" = ${scope}
      union all
      select k.name || ', release ' || r.sequence, k.id, null, k."deletedAt" is null
      from "Release" r join "IntegrationPack" k on k.id = r."packId"
      where e."objectType" = 'release' and r.id = o.id and k."accountId" = ${scope}
      union all
      select c.name, null, null, c."deletedAt" is null from "Component" c
      where e."objectType" = 'component' and c.id = o.id and c."accountId" = ${scope}
      union all
      select p."componentName" || ' ' || p.version, null, null, p."deletedAt" is null from "PackagedComponent" p
      where e."objectType" = 'packaged-component' and p.id = o.id and p."accountId" = ${scope}
      union all
      select case i."packType" when 'SINGLE' then k.name else i.name end, null, i.id, i."uninstalledAt" is null
      from "Installation" i join "IntegrationPack" k on k.id = i."packId"
      where e."objectType" = 'installation' and i.id = o.id and i."accountId" = ${scope}
      union all
      select case i."packType" when 'SINGLE' then k.name else i.name end || ' in ' || n.name, null, i.id,
        a."detachedAt" is null
      from "Attachment" a join "Installation" i on i.id = a."installationId"
      join "IntegrationPack" k on k.id = i."packId" join "Environment" n on n.id = a."environmentId"
      where e."objectType" = 'attachment' and a.id = o.id and a."accountId" = ${scope}
      union all
      select p."componentName" || ' ' || p.version || ' in ' || n.name, null, null, d."endedAt" is null
      from "Deployment" d join "PackagedComponent" p on p.id = d."packageId" join "Environment" n on n.id = d."environmentId"
      where e."objectType" = 'deployment' and d.id = o.id and d."accountId" = ${scope}
      union all
      select n.name, null, null, n."deletedAt" is null from "Environment" n
      where e."objectType" = 'environment' and n.id = o.id and n."accountId" = ${scope}
      union all
      select t.name, null, null, true from "Atom" t
      where e."objectType" = 'atom' and t.id = o.id and t."accountId" = ${scope}
      union all
      select g.name, null, null, true from "AccountGroup" g
      where e."objectType" = 'account-group' and g.id = o.id and g."primaryAccountId" = ${scope}
      union all
      select r.name, null, null, true from "Role" r
      where e."objectType" = 'role' and r.id = o.id and r."accountId" = ${scope}
      union all
      select coalesce(nullif(concat_ws(' ', nullif(u."firstName", ''), nullif(u."lastName", '')), ''), u.email), null, null,
        true
      from "User" u
      where e."objectType" = 'user' and u.id = o.id and exists (
        select from "AccountAccess" w where w."userId" = u.id and w."accountId" = ${scope})
      union all
      select t.name, null, null, t."revokedAt" is null from "ApiToken" t
      where e."objectType" = 'api-token' and t.id = o.id and t."accountId" = ${scope}
      union all
      select nullif(w.description, ''), null, null, true from "Webhook" w
      where e."objectType" = 'webhook' and w.id = o.id and w."accountId" = ${scope}
      union all
      select a.name, null, null, true from "Account" a
      where e."objectType" = 'account' and a.id = e."objectId" and ${scope} in (a.id, a."primaryAccountId")
      limit 1) about on true`,
}
