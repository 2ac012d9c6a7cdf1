import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { areApart } from '@packline/database/check-sessions.ts'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from './open-database.ts'
import { readEnv } from './platform/env.ts'
import { asAdmin } from './test/test-database.ts'

// Roles belong to a whole server, and the one that tests share has had a Packline.
const directory = await mkdtemp(join(tmpdir(), 'packline-new-server-'))
const server = await startEmbeddedPostgres(directory, { fsync: 'off' })
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

function open(url: string) {
  const configuration = readEnv({ DATABASE_URL: url })
  if (configuration.kind === 'refused') throw new Error(configuration.problems.join())
  return openDatabase(configuration.env)
}

test('on a server that never had a Packline, an owner who may make no roles is told which are missing', async () => {
  await asAdmin(server.url(''), `create role plain_owner login password 'of-this-test'`)
  await asAdmin(server.url(''), 'create database plain owner plain_owner')
  const url = new URL(server.url('plain'))
  url.username = 'plain_owner'
  url.password = 'of-this-test'
  expect(await open(url.href)).toMatchObject({
    kind: 'refused',
    sentence: expect.stringMatching(
      /administrator of the database run this first: create role packline_tenant$/,
    ),
  })
})

test('one who may make roles makes them and migrates', async () => {
  const url = server.url('postgres')
  expect(await open(url)).toMatchObject({ kind: 'opened', url })
})

test('a process migrates one database after the other', async () => {
  for (const name of ['first', 'second', 'third']) {
    await asAdmin(server.url(''), `create database ${name}`)
    expect(await open(server.url(name))).toMatchObject({ kind: 'opened' })
  }
})

test('a pooler that hands sessions on between transactions is found out', async () => {
  const connectionString = server.url('postgres')
  const [one, other] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })]
  await one.connect()
  await other.connect()
  expect(await areApart(one, other)).toBe(true)
  // Both come to the session that is free.
  expect(await areApart(one, one)).toBe(false)
  // Each statement comes to the next one.
  let next = other
  const inTurn = {
    query: (sql: string) => {
      next = next === one ? other : one
      return next.query<{ pid: number }>(sql)
    },
  }
  expect(await areApart(inTurn, one)).toBe(false)
  await one.end()
  await other.end()
})
