import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectDatabase } from '@packline/database/client.ts'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { asAdmin } from './test-database.ts'

const migrations = join(import.meta.dirname, '../../../../prisma/migrations')
const name = 'test_migration'

/** Runs the migrations whose folders are in this range of names, as they would have run one after the other. */
async function migrate(client: pg.Client, from: string, until: string) {
  const folders = (await readdir(migrations)).filter((one) => /^\d/.test(one)).toSorted()
  for (const folder of folders.filter((one) => one >= from && one < until)) {
    await client.query(await readFile(join(migrations, folder, 'migration.sql'), 'utf8'))
  }
}

test('a database from before Atoms had nodes keeps what it knows', async () => {
  const base = inject('postgresUrl')
  await asAdmin(base, `create database ${name}`)
  const client = new pg.Client({ connectionString: `${base}${name}` })
  await client.connect()
  await migrate(client, '', '20261120000200')
  await client.query(before)
  await migrate(client, '20261120000200', '20261120006641')
  await client.query(people)
  await migrate(client, '20261120006641', 'z')
  await client.end()

  const db = connectDatabase({
    url: `${base}${name}`,
    connections: 1,
    name: 'migrated',
    statementTimeoutSeconds: 10,
    actsFor: 'owner',
  })
  afterAll(async () => {
    await db.$disconnect()
    await asAdmin(base, `drop database ${name} with (force)`)
  })
  expect(await db.delivery.findMany({ include: { node: true } })).toMatchObject([
    { state: 'FAILED', cause: 'Disk full.', attempts: 0, node: { name: 'east', credentialHash: null } },
  ])
  const atoms = await db.atom.findMany({ orderBy: { id: 'asc' } })
  expect(atoms.map((one) => one.name)).toEqual(['east', expect.stringMatching(/^EAST 00000000-0000$/)])
  expect(await db.deployedPackage.findMany({ where: { isActive: true } })).toMatchObject([
    { attachmentId: id(8), componentId: id(2), packageId: id(4), version: 1, accountId: 'a' },
  ])
  const sessions = await db.session.findMany({ orderBy: { id: 'asc' } })
  expect(sessions.map(({ isVouched }) => isVouched)).toEqual([false, true])
  expect(await db.installedProcess.findMany()).toMatchObject([{ installationId: id(7), componentId: id(2) }])
})

const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`

const before = `
  insert into "Account" (id, name) values ('a', 'A');
  insert into "Environment" (id, "accountId", name, classification) values ('${id(1)}', 'a', 'East', 'PRODUCTION');
  insert into "Component" (id, "accountId", name, type) values ('${id(2)}', 'a', 'Orders', 'process');
  insert into "Content" (id, sha256, size, "mediaType") values ('${id(3)}', '', 1, 'text/plain');
  insert into "ComponentRevision" (id, "componentId", revision, "contentId") values ('${id(3)}', '${id(2)}', 1, '${id(3)}');
  insert into "PackagedComponent" (id, "accountId", "componentId", "revisionId", ordinal, version, "componentName",
    "componentType", shareable) values ('${id(4)}', 'a', '${id(2)}', '${id(3)}', 1, '1.0', 'Orders', 'process', true);
  insert into "IntegrationPack" (id, "accountId", name, type) values ('${id(5)}', 'a', 'Pack', 'MULTI');
  insert into "Release" (id, "packId", sequence, "requestId", status, timing, "dueAt", "windowEndsAt", "scheduledByName",
    "createdAt", "changedAt", "nextTryAt")
    select '${id(6)}', '${id(5)}', 1, '${id(6)}', 'SUCCESS', 'IMMEDIATE', t, t, 'x', t, t, t from now() t;
  insert into "ReleaseItem" ("releaseId", "componentId", "packageId") values ('${id(6)}', '${id(2)}', '${id(4)}');
  update "IntegrationPack" set "currentReleaseId" = '${id(6)}';
  insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
    values ('${id(7)}', '${id(5)}', 'MULTI', 'a', 'Pack', '${id(6)}', now());
  insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
    "lastUpdatedAt", "attachedAt")
    values ('${id(8)}', '${id(7)}', '${id(5)}', 'a', '${id(1)}', '${id(6)}', 1, now(), now());
  insert into "Atom" (id, "accountId", "environmentId", name) values
    ('${id(1)}', 'a', '${id(1)}', 'east'), ('${id(9)}', 'a', null, 'EAST');
  insert into "Delivery" ("attachmentId", "atomId", "releaseId", state, cause, "changedAt")
    values ('${id(8)}', '${id(1)}', '${id(6)}', 'FAILED', 'Disk full.', now());`

/** One with a password, and one who can have come by single sign-on only. */
const people = `
  insert into "User" (id, email, "passwordHash") values ('${id(1)}', 'a@a', 'a hash'), ('${id(2)}', 'b@b', null);
  insert into "Session" (id, "tokenHash", "userId", "expiresAt") values ('${id(1)}', '1', '${id(1)}', now()), ('${id(2)}', '2', '${id(2)}', now())`
