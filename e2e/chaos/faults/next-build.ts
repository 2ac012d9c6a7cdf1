import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../product/temporary-folder.ts'
import type { RowContext } from '../row.ts'

const root = join(import.meta.dirname, '../../..')

/** Adds and takes nothing away, as every migration does that runs beside instances of the build before. */
const expanding = `
  alter table "Release" add column "approvedAt" timestamptz(3);
  create index "Release_approvedAt" on "Release" ("approvedAt");
  create table "Approval" (
    "releaseId" uuid primary key references "Release" (id) on delete cascade, "givenByName" text not null default '');`

/** The next build of the product, in a folder of its own: this one with one migration more. Says its main file. */
export async function makeNextBuild(context: RowContext): Promise<string> {
  const folder = await temporaryFolder(context, 'packline-next-build-')
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  for (const workspace of ['prisma', 'apps/api']) {
    await cp(join(root, workspace), join(folder, workspace), {
      recursive: true,
      filter: (path) => path !== join(root, workspace, 'node_modules'),
    })
    await linkPackages(join(root, workspace, 'node_modules'), join(folder, workspace, 'node_modules'))
  }
  const scope = join(folder, 'apps/api/node_modules/@packline')
  await rm(join(scope, 'database'))
  await symlink(join(folder, 'prisma'), join(scope, 'database'))

  const migration = join(folder, 'prisma/migrations/20991231000000_approvals')
  await mkdir(migration)
  await writeFile(join(migration, 'migration.sql'), expanding)
  return join(folder, 'apps/api/src/main.ts')
}

/** Links to every package of one folder, so that one of them can be another. */
async function linkPackages(from: string, to: string) {
  await mkdir(to)
  for (const name of await readdir(from)) {
    if (name.startsWith('@')) await linkPackages(join(from, name), join(to, name))
    else await symlink(join(from, name), join(to, name))
  }
}
