// Checks the audit log against its seals; `pnpm audit:verify -- --help` says how.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { connectDatabase } from '@packline/database/client.ts'
import { readSealHeads, tellVerdict } from './audit-verdict.ts'
import { verifySeals } from './features/audit-log/verify-seals.ts'
import { openForReading } from './open-database.ts'
import { readEnv } from './platform/env.ts'

const usage = `Checks the audit log against its seals. Exit code 0: it is what was sealed; 1: it is not, or could not be checked.

  pnpm audit:verify                      checks, and prints the newest seal of each account
  pnpm audit:verify -- --against FILE    also compares with newest seals that were printed before and kept

The database is the one that DATABASE_URL names, or the embedded one in DATA_DIR; Packline may go on running.`

const { values } = parseArgs({
  // pnpm hands the two dashes on that separate its own arguments.
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { against: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}
const kept = values.against === undefined ? [] : readSealHeads(await readFile(values.against, 'utf8'))
if (kept === undefined)
  giveUp(`${values.against} has no lines of account, number and hash, as this command prints them.`)

const configuration = readEnv(process.env)
if (configuration.kind === 'refused') {
  giveUp(
    ['This configuration is not right:', ...configuration.problems.map((text) => `  ${text}`)].join('\n'),
  )
}
const database = await openForReading(configuration.env)
if (database.kind === 'refused') giveUp(database.sentence)
const db = connectDatabase({
  url: database.url,
  connections: 1,
  name: 'audit:verify',
  statementTimeoutSeconds: 3_600,
  actsFor: 'system',
})
try {
  const outcome = await verifySeals(db, kept)
  console.log(tellVerdict(outcome))
  process.exitCode = outcome.breaks.length === 0 ? 0 : 1
} finally {
  await db.$disconnect()
  await database.close()
}

function giveUp(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
