import type { Database } from '@packline/database/client.ts'
import { isPrivilege } from '@packline/domain/access/privileges.ts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { accessAsJson, accessibleAccount } from './account-access.ts'
import { userColumns, userFacts } from './user-facts.ts'
import { hashToken } from './session-token.ts'

const tokenRow = userFacts.extend({
  id: z.uuid(),
  name: z.string(),
  accountId: z.string(),
  /** Null when its user may not work in its account any more. */
  account: accessibleAccount.nullable(),
  scopes: z
    .array(z.string())
    .transform((names) => names.filter(isPrivilege))
    .nullable(),
  /** Made in a session that was begun by single sign-on. */
  isVouched: z.boolean(),
})
export type TokenRow = z.infer<typeof tokenRow>

export type TokenCredentials = {
  secret: string
  /** As HTTP Basic names the user; undefined with Bearer, which names nobody. */
  email: string | undefined
}

/** `Authorization: Bearer <token>`, or HTTP Basic with `BOOMI_TOKEN.<e-mail>:<token>`. */
export function readTokenCredentials(request: FastifyRequest): TokenCredentials | undefined {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ', 2)
  if (/^bearer$/i.test(scheme)) return { secret: value, email: undefined }
  const basic = readBasicCredentials(request)
  const email = basic && /^BOOMI_TOKEN\.(.+)$/i.exec(basic.user)?.[1]
  return email === undefined ? undefined : { secret: basic?.password ?? '', email }
}

/** Whose bad tries are counted together: of the user that is named, else of tokens that begin alike. */
export const nameOfToken = ({ email, secret }: TokenCredentials) =>
  email === undefined ? `token ${secret.slice(0, 20)}` : `token of ${email.trim()}`

/** The user and the password of HTTP Basic, whatever they are. */
export function readBasicCredentials(request: FastifyRequest) {
  const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/**
 * The token that was shown, with its user and what that user may do in its account: one statement a request. Revoked
 * and expired ones, and those shown with another user's address, are unknown.
 */
export async function findToken(
  db: Database,
  { secret, email }: TokenCredentials,
): Promise<TokenRow | undefined> {
  const rows = await db.$queryRaw`
    with used as (
      update "ApiToken" set "lastUsedAt" = now()
      where "tokenHash" = ${hashToken(secret)} and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > now())
        and ("lastUsedAt" is null or "lastUsedAt" < now() - interval '1 minute'))
    select t.id, t.name, t."accountId", t.scopes, t."isVouched", ${userColumns}, ${accessAsJson} as account
    from "ApiToken" t join "User" u on u.id = t."userId" join "Account" a on a.id = t."accountId"
    where t."tokenHash" = ${hashToken(secret)} and t."revokedAt" is null
      and (t."expiresAt" is null or t."expiresAt" > now())
      and (${email ?? null}::text is null or lower(u.email) = lower(${email ?? null}))`
  return z.array(tokenRow).parse(rows)[0]
}
