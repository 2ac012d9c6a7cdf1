import pg from 'pg'

/** Acts for the one account that app.account_id names, and sees its rows only. */
export const tenantRole = 'packline_tenant'
/** Acts for no single account: sign-in, the background jobs. Sees all rows, but cannot change the schema. */
export const systemRole = 'packline_system'

const alreadyThere = new Set(['42710', '23505'])

/**
 * Makes the two roles the application acts as, where they are missing, and lets the migrator take them: its later
 * migrations change rows behind the same wall. Throws a sentence a person can act on when it may not.
 */
export async function prepareRoles(client: pg.Client): Promise<void> {
  for (const role of [tenantRole, systemRole]) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
    if (rowCount === 0) await createRole(client, role)
  }
  await letTake(client, await currentUser(client), { inherits: true })
}

/** Lets a login take both roles. One that inherits nothing can do nothing until it has said for whom it acts. */
export async function letTake(client: pg.Client, login: string, { inherits }: { inherits: boolean }) {
  for (const role of [tenantRole, systemRole]) {
    if (await mayTake(client, login, role)) continue
    const grant = `grant ${role} to ${client.escapeIdentifier(login)} with inherit ${inherits && role === systemRole}, set true`
    try {
      await client.query(grant)
    } catch (error) {
      throw new Error(
        `${login} may not act as ${role}. Let an administrator of the database run this first: ${grant}`,
        { cause: error },
      )
    }
  }
}

/** As `letTake`, for a login that serves requests; asked of the owner, who may refuse nobody he has let in himself. */
export async function letLoginIn(ownerUrl: string, login: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'packline migrate' })
  await owner.connect()
  try {
    await letTake(owner, login, { inherits: false })
  } finally {
    await owner.end()
  }
}

async function createRole(client: pg.Client, role: string) {
  try {
    await client.query(`create role ${role} nologin`)
  } catch (error) {
    // Roles belong to the whole server: another database's migration may have been a moment faster.
    if (alreadyThere.has(codeOf(error))) return
    throw new Error(
      `its user may not create the role ${role}. Let an administrator of the database run this first: create role ${role}`,
      { cause: error },
    )
  }
}

async function mayTake(client: pg.Client, login: string, role: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select exists (select from pg_auth_members where roleid = $2::text::regrole and member = $1::text::regrole and set_option) as may`,
    [client.escapeIdentifier(login), role],
  )
  return rows[0]?.may === true
}

async function currentUser(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select current_user as name')
  return rows[0]?.name ?? ''
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
