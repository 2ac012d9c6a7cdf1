import { createHash, randomBytes } from 'node:crypto'

import { connectDatabase, type Database } from '@packline/database/client.ts'
import { demoPeople } from '@packline/database/demo/demo-people.ts'
import { seedDemo } from '@packline/database/demo/seed-demo.ts'

const publisher = demoPeople.find(({ role }) => role === 'administrator')?.accountId ?? ''

export type WebScene = {
  cookie: string
  fullPack: string
  widePack: string
  rolloutOf: { packId: string; releaseId: string }
}

/**
 * Adds to the demo what makes screens long: 1,000 packs, one of them with 100 components, one attached 100,000 times.
 * Answers with the session of an administrator of the publisher.
 */
export async function addLongScene(url: string): Promise<WebScene> {
  const db = connectDatabase({
    url,
    connections: 1,
    name: 'bench',
    statementTimeoutSeconds: 300,
    actsFor: 'owner',
  })
  try {
    await seedDemo(db, {
      hashPassword: () => Promise.resolve('nobody signs in by password'),
      now: Temporal.Now.instant(),
      zoneDataVersion: process.versions['tz'] ?? '',
    })
    // References are right by how the rows are made; checking a hundred thousand of them takes minutes.
    await db.$executeRaw`set session_replication_role = replica`
    const widePack = await addWidePack(db)
    const rolloutOf = await addRollout(db)
    await db.$executeRaw`
      insert into "IntegrationPack" (id, "accountId", name, type)
      select gen_random_uuid(), ${publisher}, 'Regional pack ' || n, 'SINGLE' from generate_series(1, 998) n`
    await db.$executeRaw`analyze`
    const fullPack = await db.integrationPack.findFirstOrThrow({
      where: {
        accountId: publisher,
        currentReleaseId: { not: null },
        releases: { some: { status: 'SCHEDULED' } },
      },
    })
    return { cookie: await signIn(db), fullPack: fullPack.id, widePack, rolloutOf }
  } finally {
    await db.$disconnect()
  }
}

async function addWidePack(db: Database): Promise<string> {
  const pack = await db.integrationPack.create({
    data: { accountId: publisher, name: 'A hundred components', type: 'SINGLE' },
  })
  await db.$executeRaw`
    with made as (
      insert into "Component" (id, "accountId", name, type)
      select gen_random_uuid(), ${publisher}, 'Order step ' || n, 'process' from generate_series(1, 100) n
      returning id, name),
    revised as (
      insert into "ComponentRevision" (id, "componentId", revision, "contentId")
      select gen_random_uuid(), made.id, 1, (select id from "Content" limit 1) from made
      returning id, "componentId"),
    packaged as (
      insert into "PackagedComponent" (id, "accountId", "componentId", "revisionId", ordinal, version, "componentName",
        "componentType", shareable)
      select gen_random_uuid(), ${publisher}, made.id, revised.id, v, v || '.0', made.name, 'process', true
      from made join revised on revised."componentId" = made.id, generate_series(1, 3) v)
    insert into "PackItem" ("packId", "componentId") select ${pack.id}::uuid, id from made`
  return pack.id
}

/** A released pack that 1,000 managed accounts have attached to 100 environments each. */
async function addRollout(db: Database) {
  const pack = await db.integrationPack.create({
    data: { accountId: publisher, name: 'In every environment', type: 'SINGLE' },
  })
  const at = new Date()
  const release = await db.release.create({
    data: {
      packId: pack.id,
      sequence: 1,
      status: 'SUCCESS',
      timing: 'IMMEDIATE',
      dueAt: at,
      windowEndsAt: at,
      scheduledByName: 'Measurement',
      createdAt: at,
      changedAt: at,
      startedAt: at,
      finishedAt: at,
      nextTryAt: at,
    },
  })
  await db.integrationPack.update({ where: { id: pack.id }, data: { currentReleaseId: release.id } })
  await db.$executeRaw`
    with accounts as (
      insert into "Account" (id, name, "primaryAccountId")
      select 'bench-' || n, 'Customer ' || n, ${publisher} from generate_series(1, 1000) n
      returning id),
    installed as (
      insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
      select gen_random_uuid(), ${pack.id}::uuid, 'SINGLE', id, 'In every environment', ${release.id}::uuid, ${at}
      from accounts returning id, "accountId"),
    places as (
      insert into "Environment" (id, "accountId", name, classification)
      select gen_random_uuid(), id, 'Place ' || n, 'PRODUCTION' from accounts, generate_series(1, 100) n
      returning id, "accountId")
    insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId",
      "versionNumber", "lastUpdatedAt", "attachedAt")
    select gen_random_uuid(), i.id, ${pack.id}::uuid, i."accountId", p.id, ${release.id}::uuid, 1, ${at}, ${at}
    from installed i join places p on p."accountId" = i."accountId"`
  return { packId: pack.id, releaseId: release.id }
}

async function signIn(db: Database): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const { userId } = await db.membership.findFirstOrThrow({
    where: { accountId: publisher, role: { defaultRole: 'administrator' } },
  })
  await db.session.create({
    data: {
      tokenHash: createHash('sha256').update(token).digest(),
      userId,
      accountId: publisher,
      expiresAt: new Date(Date.now() + 24 * 3_600_000),
    },
  })
  return `packline=${token}`
}
