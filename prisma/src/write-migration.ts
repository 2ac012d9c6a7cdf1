// Writes the next migration from the difference between the last commit's schema and the one on disk:
//   pnpm db:migration add-webhooks
// What Prisma's schema language cannot say (partial indexes, checks, triggers) is then added by hand.
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { openSchemaEngine } from './schema-engine.ts'

const root = join(import.meta.dirname, '..')
const name = process.argv[2]
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Give the migration a name in kebab-case: pnpm db:migration add-webhooks')
  process.exit(1)
}

const schema = await readFile(join(root, 'schema.prisma'), 'utf8')
const committed = committedSchema()
const scratch = await mkdtemp(join(tmpdir(), 'packline-migration-'))
// The engine compares two texts here, but will not start without a server to talk to.
const server = await startEmbeddedPostgres(scratch)
const { engine, close } = await openSchemaEngine(server.url('postgres'), schema)
const { stdout } = await engine.diff({
  from: committed
    ? { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: committed }] }
    : { tag: 'empty' },
  to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const directory = join(root, 'migrations', `${stamp}_${name.replaceAll('-', '_')}`)
await mkdir(directory, { recursive: true })
await writeFile(join(directory, 'migration.sql'), stdout ?? '')
await close()
await server.stop()
await rm(scratch, { recursive: true })
console.log(join(directory, 'migration.sql'))

function committedSchema() {
  try {
    return execFileSync('git', ['show', 'HEAD:./schema.prisma'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch {
    return undefined
  }
}
