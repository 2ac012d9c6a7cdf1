import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { checkStructure } from './check-structure.ts'
import { listFiles, root } from './repository.ts'
import { runCommand } from './run-command.ts'
import { check } from './steps.ts'

/** Types and type-aware lint need the typed client that Prisma writes from the schema. */
export const generateClient = check('prisma client', () =>
  runCommand('prisma', ['generate'], { folder: 'prisma' }),
)

/** What `pnpm check` looks at; each can be run alone by its name. */
export const checkSteps = [
  check('types', checkTypes),
  check('lint', () => runCommand('oxlint', [])),
  check('format', () => runCommand('biome', ['format', '.'])),
  check('structure', async () => checkStructure()),
  check('unused', () => runCommand('knip', ['--no-progress', '--treat-config-hints-as-errors'])),
]

async function checkTypes(): Promise<boolean> {
  const folders = ['.', ...workspaceFolders()]
  // One at a time for each core of the smallest machine that this has to be quick on.
  const verdicts = await Promise.all(
    [0, 1].map((turn) => checkTypesOf(folders.filter((_, n) => n % 2 === turn))),
  )
  return verdicts.every(Boolean)
}

async function checkTypesOf(folders: readonly string[]): Promise<boolean> {
  let good = true
  for (const folder of folders) {
    if (!existsSync(join(root, folder, 'tsconfig.json'))) {
      console.error(`${folder} has no tsconfig.json: add one that extends tsconfig.base.json.`)
      good = false
    } else if (!(await runCommand('tsc', ['--noEmit', '--pretty', 'false', '-p', folder]))) {
      console.error(`Types do not hold in ${folder}.`)
      good = false
    }
  }
  return good
}

const workspaceFolders = () =>
  listFiles()
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => path.replace('/package.json', ''))
