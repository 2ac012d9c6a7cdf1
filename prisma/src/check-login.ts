import pg from 'pg'
import { systemRole, tenantRole } from './database-roles.ts'

type Facts = {
  name: string
  isSuperuser: boolean
  bypasses: boolean
  mayTakeRoles: boolean
  inherits: boolean
  mayCreate: boolean
  owns: boolean
  isMigrated: boolean
}

/**
 * What is wrong with a login that is to do nothing but take the application's roles, in whole sentences; none when
 * nothing is.
 */
export async function checkLogin(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'packline check' })
  await client.connect()
  try {
    const { rows } = await client.query<Facts>(factsSql, [tenantRole, systemRole])
    return rows.flatMap(problemsOf)
  } finally {
    await client.end()
  }
}

function problemsOf({ name, ...facts }: Facts): string[] {
  if (!facts.isMigrated) return ['It leads to another database than MIGRATION_DATABASE_URL.']
  return [
    facts.isSuperuser && `Its user ${name} is a superuser, whom no rule holds.`,
    facts.bypasses && `Its user ${name} passes row-level security by (BYPASSRLS).`,
    facts.owns && `Its user ${name} owns tables, so it can change them and their rules.`,
    facts.mayCreate && `Its user ${name} may create tables in the schema public.`,
    !facts.mayTakeRoles && `Its user ${name} may not take the roles ${tenantRole} and ${systemRole}.`,
    facts.inherits &&
      `Its user ${name} inherits the rights of ${systemRole}: grant that role to it "with inherit false".`,
  ].filter((sentence) => sentence !== false)
}

const factsSql = `
  select r.rolname as name, r.rolsuper as "isSuperuser", r.rolbypassrls as bypasses,
    pg_has_role($1, 'SET') and pg_has_role($2, 'SET') as "mayTakeRoles",
    not r.rolsuper and (pg_has_role($1, 'USAGE') or pg_has_role($2, 'USAGE')) as inherits,
    has_schema_privilege('public', 'CREATE') as "mayCreate",
    exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relowner = r.oid) as owns,
    to_regclass('public._prisma_migrations') is not null as "isMigrated"
  from pg_roles r where r.rolname = current_user`
