import type { ServableAccounts } from '@packline/contract/atoms.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

/** So many are offered at once; whoever has more of them types a part of the name. */
const atOnce = 50

const row = z.object({ id: z.string(), name: z.string() })
const cloud = z.object({ type: z.enum(['ATOM', 'MOLECULE', 'CLOUD']), isForeignCloud: z.boolean() })

export type ServableOutcome =
  | ({ kind: 'found' } & ServableAccounts)
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'not-a-cloud' | 'cloud-of-another-account' }

/** The accounts that this account manages, by name: those that an Atom Cloud of its own may serve. */
export async function findServable(
  db: Database,
  scope: AccountScope,
  { atomId, search }: { atomId: string; search: string },
): Promise<ServableOutcome> {
  const [atom] = z.array(cloud).parse(
    await db.$queryRaw`
      select type, "accountId" <> ${scope} as "isForeignCloud" from "Atom" t
      where id = ${atomId}::uuid and ("accountId" = ${scope} or exists (
        select from "CloudAccount" c where c."atomId" = t.id and c."accountId" = ${scope}))`,
  )
  if (!atom) return { kind: 'absent' }
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  if (atom.type !== 'CLOUD') return { kind: 'refused', reason: 'not-a-cloud' }

  const pattern = `%${search.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const accounts = z.array(row).parse(
    await db.$queryRaw`
      select id, name from "Account"
      where "primaryAccountId" = ${scope} and status <> 'deleted' and (lower(name) like lower(${pattern}) or lower(id) like lower(${pattern}))
      order by lower(name), id limit ${atOnce + 1}`,
  )
  return { kind: 'found', accounts: accounts.slice(0, atOnce), isMore: accounts.length > atOnce }
}
