// Makes the first administrator of a new Packline; `pnpm admin:create -- --help` says how.
import { connectDatabase } from '@packline/database/client.ts'
import {
  createAdministrator,
  type CreateAdministratorOutcome,
} from '@packline/database/create-administrator.ts'
import { judgePassword } from '@packline/domain/accounts/password-rules.ts'
import { adminUsage, readAdminArguments } from './admin-arguments.ts'
import { askPassword, generatePassword } from './ask-password.ts'
import { openDatabase } from './open-database.ts'
import { readEnv } from './platform/env.ts'
import { leakedPasswords } from './platform/leaked-passwords.ts'
import { hashPassword } from './platform/password-hash.ts'
import { passwordSentences } from './platform/password-sentences.ts'

const refusals = {
  'email-taken':
    'There is a user with this e-mail address. Add --existing to make them the administrator of a new account.',
  'account-name-taken': 'There is an account with this name. Choose another name.',
}

const given = readAdminArguments(process.argv.slice(2))
if (given.kind === 'help') {
  console.log(adminUsage)
  process.exit(0)
}
if (given.kind === 'refused') giveUp([...given.problems, '', adminUsage].join('\n'), 2)
const { email, account, existing, generate, ...names } = given.options

const configuration = readEnv(process.env)
if (configuration.kind === 'refused') {
  giveUp(
    ['This configuration is not right:', ...configuration.problems.map((text) => `  ${text}`)].join('\n'),
  )
}
const { env } = configuration

const password = await choosePassword()
const database = await openDatabase(env)
if (database.kind === 'refused') giveUp(database.sentence)
const db = connectDatabase({
  url: database.url,
  connections: 1,
  name: 'admin:create',
  statementTimeoutSeconds: 10,
  actsFor: 'system',
})

let outcome: CreateAdministratorOutcome
try {
  outcome = await createAdministrator(db, {
    email,
    firstName: names['first-name'],
    lastName: names['last-name'],
    accountName: account,
    passwordHash: await hashPassword(password.text),
    mayExist: existing,
  })
} finally {
  await db.$disconnect()
  await database.close()
}
if (outcome.kind === 'refused') giveUp(refusals[outcome.reason])

const { accountId, isNewUser } = outcome
console.log(
  [
    `${account} (${accountId}) is ready, and ${email} is its administrator.`,
    ...(isNewUser && password.isGenerated
      ? [`Password, shown only now: ${password.text}`, 'Change it in Settings > User Information.']
      : []),
    ...(isNewUser ? [] : ['They sign in as before.']),
    ...(env.demo ? ['Start Packline with DEMO=false: this account is no part of the demo.'] : []),
    `Sign in at ${env.publicUrl ?? `http://${env.host}:${env.port}`}/sign-in`,
  ].join('\n'),
)

async function choosePassword(): Promise<{ text: string; isGenerated: boolean }> {
  // Whoever exists keeps the password they have; if the address is new after all, one is made and printed.
  if (generate || existing) return { text: generatePassword(), isGenerated: true }
  const text = await askPassword(`Password for ${email} (leave empty to have one made): `)
  if (text === '') return { text: generatePassword(), isGenerated: true }
  const decision = judgePassword(text, email, await leakedPasswords())
  if (decision.kind === 'refused') giveUp(passwordSentences[decision.reason])
  return { text, isGenerated: false }
}

function giveUp(sentence: string, exitCode = 1): never {
  console.error(sentence)
  process.exit(exitCode)
}
