import type pg from 'pg'

/** The id of the thing `n` of that kind, as SQL: in the order of the numbers, as those of the product are in time. */
export const idOf = (kind: keyof typeof kinds, n: string) =>
  `('${kinds[kind]}-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
/** The same outside of SQL. */
export const uuidOf = (kind: keyof typeof kinds, n: number) =>
  `${kinds[kind]}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
const kinds = {
  component: '00000001',
  revision: '00000002',
  packaged: '00000003',
  pack: '00000004',
  current: '00000005',
  next: '00000006',
  installation: '00000007',
  attachment: '00000008',
  environment: '00000009',
  atom: '0000000a',
  node: '0000000b',
  group: '0000000c',
  deployed: '0000000e',
  history: '0000000f',
} as const

export const publisher = 'publisher'
const features = `array['integration-pack-management']`
/** The midnight at which everything scheduled is due. */
export const midnight = '2030-01-15T23:00:00Z'

export const components = 100

/** The publisher, with a hundred components of three packages each. */
async function createPublisher(client: pg.Client) {
  await client.query(`
    insert into "Account" (id, name, features) values ('${publisher}', 'Publisher', ${features});
    insert into "Content" (id, sha256, size, "mediaType") values (${idOf('revision', '0')}, '', 1, 'application/xml');
    insert into "Component" (id, "accountId", name, type)
      select ${idOf('component', 'n')}, '${publisher}', 'Component ' || n, 'process' from generate_series(1, ${components}) n;
    insert into "ComponentRevision" (id, "componentId", revision, "contentId")
      select ${idOf('revision', 'n')}, ${idOf('component', 'n')}, 1, ${idOf('revision', '0')}
      from generate_series(1, ${components}) n;
    insert into "PackagedComponent" (id, "accountId", "componentId", "revisionId", ordinal, version, "componentName",
        "componentType", shareable)
      select ${idOf('packaged', `n * 10 + v`)}, '${publisher}', ${idOf('component', 'n')}, ${idOf('revision', 'n')}, v,
        v || '.0', 'Component ' || n, 'process', true
      from generate_series(1, ${components}) n, generate_series(1, 3) v`)
}

type Packs = { from?: number; packs: number; type: 'SINGLE' | 'MULTI' }

/** Packs with one component each, numbered from there on, released once, and their next release scheduled for the midnight. */
export async function createPacks(client: pg.Client, { from = 1, packs, type }: Packs) {
  const component = `((n - 1) % ${components} + 1)`
  const release = (kind: 'current' | 'next', sequence: number, columns: string, values: string) => `
    insert into "Release" (id, "packId", sequence, "requestId", "publisherId", "scheduledByName", "createdAt", "changedAt", ${columns})
      select ${idOf(kind, 'n')}, ${idOf('pack', 'n')}, ${sequence}, ${idOf(kind, 'n')}, '${publisher}', 'Bench', '2026-01-01', '2026-01-01', ${values}
      from generate_series(${from}, ${from + packs - 1}) n;
    insert into "ReleaseItem" ("releaseId", "inPackId", "publisherId", "componentId", "packageId")
      select ${idOf(kind, 'n')}, ${idOf('pack', 'n')}, '${publisher}', ${idOf('component', component)}, ${idOf('packaged', `${component} * 10 + ${sequence}`)}
      from generate_series(${from}, ${from + packs - 1}) n;`
  await client.query(`
    insert into "IntegrationPack" (id, "accountId", name, type, "currentReleaseId")
      select ${idOf('pack', 'n')}, '${publisher}', 'Pack ' || n, '${type}', ${idOf('current', 'n')}
      from generate_series(${from}, ${from + packs - 1}) n;
    insert into "PackItem" ("packId", "publisherId", "componentId")
      select ${idOf('pack', 'n')}, '${publisher}', ${idOf('component', component)} from generate_series(${from}, ${from + packs - 1}) n;
    ${release(
      'current',
      1,
      `status, timing, "dueAt", "windowEndsAt", "nextTryAt", "startedAt", "finishedAt"`,
      `'SUCCESS', 'IMMEDIATE', '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01'`,
    )}
    ${release(
      'next',
      2,
      // Their reminders went out the day before.
      `status, timing, "releaseOn", "remindedFor", "timeZone", "zoneDataVersion", "dueAt", "windowEndsAt", "nextTryAt", "previousReleaseId"`,
      `'SCHEDULED', 'DATED', '2030-01-16', '2030-01-16', 'Europe/Berlin', 'zzzz', '${midnight}', '${midnight}'::timestamptz + interval '1 hour',
        '${midnight}', ${idOf('current', 'n')}`,
    )}`)
}

/** Managed accounts in one group that all packs are shared with, each with an environment. */
async function createAccounts(client: pg.Client, { accounts, packs }: { accounts: number; packs: number }) {
  await client.query(`
    insert into "Account" (id, name, "primaryAccountId")
      select 'managed-' || n, 'Customer ' || n, '${publisher}' from generate_series(1, ${accounts}) n;
    insert into "AccountGroup" (id, "primaryAccountId", name) values (${idOf('group', '1')}, '${publisher}', 'Everybody');
    insert into "AccountGroupAccount" ("groupId", "accountId")
      select ${idOf('group', '1')}, 'managed-' || n from generate_series(1, ${accounts}) n;
    insert into "AccountGroupPack" ("groupId", "packId")
      select ${idOf('group', '1')}, ${idOf('pack', 'n')} from generate_series(1, ${packs}) n;
    insert into "Environment" (id, "accountId", name, classification, "atomCount")
      select ${idOf('environment', 'n')}, 'managed-' || n, 'Place ' || n, 'PRODUCTION', 0
      from generate_series(1, ${accounts}) n`)
}

const installedAt = `'2026-01-02'`
type Running = { type: 'SINGLE' | 'MULTI'; release: 'current' | 'next'; number: number }

/** `installed` gives each installation its number n, its pack and its account a; each is attached where its account is. */
const createAttachments = (client: pg.Client, installed: string, { type, release, number }: Running) =>
  client.query(`
    insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "deliveredCount",
        "installedAt")
      select ${idOf('installation', 'n')}, ${idOf('pack', 'pack')}, '${type}', 'managed-' || a, 'Installation ' || n,
        ${idOf(release, 'pack')}, ${number}, ${installedAt} from ${installed};
    insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
        "lastUpdatedAt", "attachedAt")
      select ${idOf('attachment', 'n')}, ${idOf('installation', 'n')}, ${idOf('pack', 'pack')}, 'managed-' || a,
        ${idOf('environment', 'a')}, ${idOf(release, 'pack')}, ${number}, ${installedAt}, ${installedAt}
      from ${installed}`)

/** What runs the current release of its pack, and the packages that are deployed there. */
async function createInstallations(client: pg.Client, installed: string, type: 'SINGLE' | 'MULTI') {
  await createAttachments(client, installed, { type, release: 'current', number: 1 })
  await client.query(`
    insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", "deployedAt")
      select ${idOf('deployed', 'n')}, ${idOf('attachment', 'n')}, 'managed-' || a, ${idOf('environment', 'a')},
        i."componentId", i."packageId", ${installedAt}
      from ${installed} join "ReleaseItem" i on i."releaseId" = ${idOf('current', 'pack')};`)
  if (type === 'MULTI')
    await client.query(`
      insert into "InstalledProcess" ("installationId", "componentId", "wrapperProcessId")
      select ${idOf('installation', 'n')}, ${idOf('component', '1')}, ${idOf('deployed', 'n')} from ${installed}`)
}

export type OnePack = { accounts: number; installations: number }

async function createOnePack(client: pg.Client, { accounts, installations }: OnePack) {
  await createPublisher(client)
  await createPacks(client, { packs: 1, type: 'MULTI' })
  await createAccounts(client, { accounts, packs: 1 })
  return `(select n, 1 as pack, (n % ${accounts}) + 1 as a from generate_series(1, ${installations}) n) x`
}

/** One pack that many accounts have installed many times. Gives a function that fills a scene with it. */
export const onePack = (size: OnePack) => async (client: pg.Client) => {
  await createInstallations(client, await createOnePack(client, size), 'MULTI')
}

/** The same pack once its next release is out, without what was written down of that and what it has deployed. */
export async function createOnePackReleased(client: pg.Client, size: OnePack) {
  await createAttachments(client, await createOnePack(client, size), {
    type: 'MULTI',
    release: 'next',
    number: 2,
  })
  await client.query(`
    insert into "ReleaseTarget" ("releaseId", "attachmentId", "accountId", "fromReleaseId", "fromNumber", "toNumber", how,
        "appliedAt")
      select "releaseId", id, "accountId", ${idOf('current', '1')}, 1, 2, 'AUTOMATIC', '${midnight}' from "Attachment";
    update "Release" set status = 'SUCCESS', "startedAt" = "dueAt", "finishedAt" = "dueAt",
      "fanOutCount" = ${size.installations} where id = ${idOf('next', '1')};
    update "IntegrationPack" set "currentReleaseId" = ${idOf('next', '1')}`)
}

/** Packs that are all due at the same midnight, each installed in ten accounts. */
export const manyPacks =
  ({ packs }: { packs: number }) =>
  async (client: pg.Client) => {
    const accounts = 10
    await createPublisher(client)
    await createPacks(client, { packs, type: 'SINGLE' })
    await createAccounts(client, { accounts, packs })
    const installed = `(select (n - 1) / ${accounts} + 1 as pack, (n - 1) % ${accounts} + 1 as a, n
      from generate_series(1, ${packs * accounts}) n) x`
    await createInstallations(client, installed, 'SINGLE')
  }
