import type pg from 'pg'

import { releaseByHand } from './raw-release.ts'
import { createOnePackReleased, idOf, onePack, type OnePack } from './scenes.ts'
import { withoutIndexes } from './without-indexes.ts'

/** One pack whose second release has reached everybody who has it installed. Gives a function that fills a scene with it. */
export const releasedPack = (size: OnePack) => async (client: pg.Client) => {
  await onePack(size)(client)
  await client.query('analyze')
  await releaseByHand(client)
  await deliver(client, size.accounts)
}

const large = ['Installation', 'InstallationName', 'Attachment', 'ReleaseTarget', 'Delivery']

/** The same with what its rollout shows and nothing else, which takes a fraction of the time to make. */
export const rolledOutPack = (size: OnePack) => (client: pg.Client) =>
  withoutIndexes(client, large, async () => {
    await createOnePackReleased(client, size)
    await deliver(client, size.accounts)
  })

/**
 * An Atom for nearly every account, some of them with two nodes and some not heard from, with deliveries in every state;
 * some attachments detached, some accounts suspended.
 */
async function deliver(client: pg.Client, accounts: number) {
  const hasAtom = 'n % 50 <> 0'
  const nodeCount = 'case when n % 50 = 25 then 0 when n % 10 = 3 then 2 else 1 end'
  await client.query(`
    insert into "InstallationName" ("installationId", "packId", "accountId", name)
      select id, "packId", "accountId", name from "Installation";
    insert into "Atom" (id, "accountId", "environmentId", name, "nodeCount", type)
      select ${idOf('atom', 'n')}, 'managed-' || n, ${idOf('environment', 'n')}, 'Atom ' || n, ${nodeCount},
        case when n % 10 = 3 then 'MOLECULE' else 'ATOM' end::"AtomType"
      from generate_series(1, ${accounts}) n where ${hasAtom};
    insert into "AtomNode" (id, "atomId", name)
      select ${idOf('node', 'n * 10 + node')}, ${idOf('atom', 'n')}, 'node'
      from generate_series(1, ${accounts}) n, generate_series(1, ${nodeCount}) node where ${hasAtom};
    update "Environment" e set "atomCount" = 1 from "Atom" a where a."environmentId" = e.id;
    update "Account" set status = 'suspended' where id like 'managed-%7';
    update "Attachment" set "detachedAt" = '2030-01-17' where hashtext(id::text) % 100 = 0;
    update "ReleaseTarget" set how = 'MANUAL' where hashtext("attachmentId"::text) % 100 = 1;
    insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", state, cause, "totalBytes", "changedAt")
      select a.id, n.id, a."releaseId", n."atomId", a."accountId", state::"DeliveryState",
        case state when 'FAILED' then 'No space left on the disk.' end, 1000, '2030-01-16'
      from "Attachment" a join "Atom" t on t."environmentId" = a."environmentId" join "AtomNode" n on n."atomId" = t.id
      cross join lateral (select (array['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'WAITING',
        'DOWNLOADING', 'FAILED'])[1 + abs(hashtext(a.id::text || n.id)) % 10] as state) s`)
}
