import { join } from 'node:path'
import { demoPassword, demoPeople, demoTokens } from '@packline/database/demo/demo-people.ts'
import { type Env, isOverHttps } from './platform/env.ts'

/** What the terminal says once Packline runs: where it is, who can sign in, where data lies and how to start afresh. */
export function welcome(env: Env, address: string): string {
  const url = env.publicUrl ?? address
  const data =
    env.databaseUrl === undefined
      ? [`Data lies in ${env.dataDir}`, `To start afresh, stop Packline and delete that folder.`]
      : ['Data lies in the database that DATABASE_URL names.']
  const emailWidth = Math.max(...demoPeople.map(({ email }) => email.length))
  const people = env.demo
    ? [
        '',
        `Demo users, all with the password ${demoPassword}`,
        ...demoPeople.map(
          ({ email, roleName, accountId, timeZone }) =>
            `  ${email.padEnd(emailWidth)}  ${roleName}, ${accountId}, ${timeZone}`,
        ),
        '',
        'API tokens of theirs, for scripts',
        ...demoTokens.map(({ email, token }) => `  ${email.padEnd(emailWidth)}  ${token}`),
      ]
    : []
  const atoms = env.demoAtoms
    ? ['', `Three Atoms run in managed accounts; what they fetch lies in ${join(env.dataDir, 'atoms')}`]
    : []
  const warning = warningOf(env)
  return [
    '',
    `Packline runs at ${url}`,
    ...(warning === undefined ? [] : ['', warning]),
    ...people,
    ...atoms,
    '',
    ...data,
    'Ctrl-C stops it.',
    '',
  ].join('\n')
}

/** What nothing else would say: with the first, sign-in works all the same, and with the second it only seems not to. */
function warningOf(env: Env): string | undefined {
  if (!env.isProduction) return undefined
  if (!isOverHttps(env))
    return 'Set PUBLIC_URL to the https: address that people use: with this one cookies are not secure, and HSTS is not sent.'
  if (env.publicUrl === undefined)
    return 'Set PUBLIC_URL to the https: address that people use. Browsers keep a sign-in over HTTPS only.'
  return undefined
}
