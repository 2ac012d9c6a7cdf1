import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
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
