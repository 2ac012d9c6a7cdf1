import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { migrateDatabase } from '@packline/database/migrate.ts'
import pg from 'pg'

/** Real durability; no checkpoint falls into a measurement, and nobody else vacuums meanwhile. */
const settings = {
  shared_buffers: '1GB',
  max_wal_size: '16GB',
  checkpoint_timeout: '30min',
  maintenance_work_mem: '256MB',
  max_connections: '200',
  autovacuum: 'off',
  // For captured-statements.ts.
  log_line_prefix: '@%a@%p@',
}

export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>

/** A PostgreSQL of the measurement's own, in a temporary directory that goes with it. */
export async function startBenchServer() {
  const directory = await mkdtemp(join(tmpdir(), 'packline-bench-'))
  const server = await startEmbeddedPostgres(directory, settings)
  const asAdmin = async (statement: string) => {
    const client = await connect(server.url('postgres'))
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const logFile = join(directory, 'server.log')
  await asAdmin('create database migrated')
  await migrateDatabase(server.url('migrated'))
  const version = await versionOf(server.url('postgres'))
  let copies = 0
  const scenes = new Set<string>()
  return {
    version,
    /** A migrated database that is filled once and copied for each measurement, so that each begins alike. */
    makeScene: async (name: string, fill: (client: pg.Client) => Promise<void>) => {
      if (scenes.has(name)) return
      scenes.add(name)
      const started = performance.now()
      await asAdmin(`create database ${name} template migrated strategy file_copy`)
      const client = await connect(server.url(name))
      // References are right by how the rows are made; checking a million of them takes minutes.
      await client.query(`set session_replication_role = replica; set synchronous_commit = off`)
      await fill(client)
      await client.query('vacuum analyze')
      await client.end()
      const seconds = (performance.now() - started) / 1_000
      console.log(`    the scene ${name} was made in ${seconds.toFixed(0)} s`)
    },
    /** Does work that changes nothing on the scene itself. */
    onScene: async <Result>(scene: string, work: (copy: Copy) => Promise<Result>): Promise<Result> => {
      const url = server.url(scene)
      const client = await connect(url)
      try {
        return await work({ url, client, logFile })
      } finally {
        await client.end()
      }
    },
    /** Does the work on a copy of the scene, which is gone afterwards. */
    onCopy: async <Result>(scene: string, work: (copy: Copy) => Promise<Result>): Promise<Result> => {
      copies += 1
      const name = `${scene}_${copies}`
      await asAdmin(`create database ${name} template ${scene} strategy file_copy`)
      const url = server.url(name)
      const client = await connect(url)
      try {
        return await work({ url, client, logFile })
      } finally {
        await client.end()
        await asAdmin(`drop database ${name} with (force)`)
      }
    },
    stop: async () => {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export type Copy = { url: string; client: pg.Client; logFile: string }

async function connect(url: string) {
  const client = new pg.Client({ connectionString: url })
  // A server that is stopped in the middle is noticed by whoever waits for an answer.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function versionOf(url: string) {
  const client = await connect(url)
  const { rows } = await client.query<{ version: string }>('select version()')
  await client.end()
  return rows[0]?.version.split(' ').slice(0, 2).join(' ') ?? 'PostgreSQL'
}

/** The first column of the first row, as a number. */
export async function numberOf(client: pg.Client, query: string): Promise<number> {
  const { rows } = await client.query<unknown[]>({ text: query, rowMode: 'array' })
  return Number(rows[0]?.[0])
}
