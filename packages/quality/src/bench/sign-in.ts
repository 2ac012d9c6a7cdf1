import { createHash, randomBytes } from 'node:crypto'

import type pg from 'pg'

/** Few, because what happens is told to each of them. */
const atMost = 5

/** New administrators of the account, signed in on that many devices; gives the cookie of each device. */
export async function signIn(client: pg.Client, accountId: string, devices: number): Promise<string[]> {
  const tokens = Array.from({ length: devices }, () => randomBytes(32).toString('base64url'))
  const people = Math.min(devices, atMost)
  await client.query(
    `with person as (
      insert into "User" (id, email, "passwordHash", "timeZone")
      select gen_random_uuid(), 'person-' || n || '@' || $1 || '.test', 'none', 'Europe/Berlin'
      from generate_series(1, $2::int) n returning id),
    member as (
      insert into "Membership" ("userId", "accountId", "roleId")
      select person.id, $1, r.id from person, "Role" r where r."defaultRole" = 'administrator'),
    numbered as (select id, row_number() over () as number from person)
    insert into "Session" (id, "tokenHash", "userId", "accountId", "expiresAt")
    select gen_random_uuid(), hash, numbered.id, $1, '2100-01-01'
    from unnest($3::bytea[]) with ordinality session(hash, n) join numbered on number = n % $2::int + 1`,
    [accountId, people, tokens.map((token) => createHash('sha256').update(token).digest())],
  )
  return tokens.map((token) => `packline=${token}`)
}
