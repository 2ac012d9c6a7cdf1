import { createHmac } from 'node:crypto'
import pg from 'pg'
import { letTake, prepareRoles } from './database-roles.ts'

const login = 'packline_app'

/**
 * Where the application connects when the owner's address is known: with a login of its own that can do nothing but take
 * the application's roles. Its password follows from the owner's, so that no second one has to be kept.
 */
export function applicationUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.password = passwordFrom(url)
  url.username = login
  return url.href
}

/** Makes that login, on a server that belongs to Packline alone. */
export async function prepareApplicationLogin(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'packline migrate' })
  await owner.connect()
  try {
    await prepareRoles(owner)
    const password = owner.escapeLiteral(passwordFrom(new URL(ownerUrl)))
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [login])
    if (rowCount === 0) await owner.query(`create role ${login} login noinherit password ${password}`)
    await letTake(owner, login, { inherits: false })
  } finally {
    await owner.end()
  }
}

const passwordFrom = ({ password }: URL) =>
  createHmac('sha256', decodeURIComponent(password)).update(login).digest('base64url')
