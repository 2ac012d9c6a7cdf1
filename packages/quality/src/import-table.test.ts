import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { root } from './repository.ts'
import { pathWithOwnTools } from './run-command.ts'

const database = `import { openDatabase } from '@packline/database/client.ts'`
const databaseType = `import type { Tx } from '@packline/database/client.ts'`
const domain = `import { planRelease } from '@packline/domain/releases/plan-release.ts'`
const contract = `import { releaseView } from '@packline/contract/releases.ts'`
const actor = `import { requireActor } from '../../platform/auth.ts'`
const audit = `import { recordAudit } from '../../platform/audit.ts'`
const feature = 'apps/api/src/features/releases'

const refused: [file: string, line: string, words: string][] = [
  ['packages/domain/src/plan.ts', `import { z } from 'zod'`, 'The domain is pure'],
  ['packages/domain/src/plan.ts', `import { readFileSync } from 'node:fs'`, 'The domain is pure'],
  ['packages/domain/src/plan.ts', contract, 'The domain is pure'],
  ['packages/domain/src/plan.test.ts', contract, 'need vitest and fast-check'],
  ['packages/contract/src/releases.ts', database, 'zod over the domain'],
  ['packages/contract/src/releases.ts', `import fastify from 'fastify'`, 'zod over the domain'],
  ['packages/domain/src/plan.ts', `import { a } from '../../../apps/api/src/app.ts'`, 'by its name and path'],
  [`${feature}/releases.routes.ts`, database, 'only its types are allowed'],
  [`${feature}/releases.routes.ts`, `import { insert } from './releases.store.ts'`, 'A route is HTTP only'],
  [`${feature}/create-release.ts`, contract, "The contract is HTTP's business"],
  [`${feature}/create-release.ts`, database, 'only its types are allowed'],
  [`${feature}/create-release.ts`, actor, 'know no HTTP, session or environment'],
  [
    `${feature}/create-release.ts`,
    `import { list } from './releases.views.ts'`,
    'A use case decides and saves',
  ],
  [`${feature}/releases.store.ts`, contract, "The contract is HTTP's business"],
  [`${feature}/releases.store.ts`, actor, 'know no HTTP, session or environment'],
  [`${feature}/releases.store.ts`, `import { create } from './create-release.ts'`, 'A store loads and saves'],
  [`${feature}/releases.views.ts`, actor, 'know no HTTP, session or environment'],
  [`${feature}/releases.views.ts`, `import { lock } from './releases.store.ts'`, 'A view is one read query'],
  [
    `${feature}/releases.job.ts`,
    `import { list } from './releases.views.ts'`,
    'A job calls use cases and stores',
  ],
  [
    'apps/api/src/platform/jobs.ts',
    `import { due } from '../features/releases/release-due.ts'`,
    'knows none of them',
  ],
  [
    'apps/api/src/platform-api/packs.ts',
    `import { lock } from '../features/releases/releases.store.ts'`,
    'thin front',
  ],
  [
    'apps/api/src/platform-api/packs.ts',
    `import { Prisma } from '@packline/database/generated/client.ts'`,
    'only its types',
  ],
  ['apps/web/src/features/packs/pack-list.tsx', database, 'endpoints of packages/contract only'],
  ['apps/web/src/features/packs/pack-list.tsx', `import { join } from 'node:path'`, 'runs in the browser'],
  ['apps/web/src/features/packs/pack-list.tsx', `import { format } from 'date-fns'`, 'Dates are written by'],
  ['apps/web/src/ui/button.tsx', domain, 'know no product words'],
  ['apps/web/src/ui/button.tsx', contract, 'know no product words'],
  ['apps/web/src/lib/dates.ts', contract, 'know no product words'],
  [
    'apps/web/src/ui/button.tsx',
    `import { a } from '../features/packs/pack-name.tsx'`,
    'know no product words',
  ],
]

const allowed: [file: string, line: string][] = [
  ['packages/domain/src/plan.ts', `import { releaseWindow } from './time/release-window.ts'`],
  ['packages/domain/src/plan.test.ts', `import { test } from 'vitest'`],
  ['packages/contract/src/releases.ts', domain],
  ['packages/contract/src/releases.ts', `import { z } from 'zod'`],
  [`${feature}/releases.routes.ts`, contract],
  [`${feature}/releases.routes.ts`, actor],
  [`${feature}/releases.routes.ts`, `import { createRelease } from './create-release.ts'`],
  [`${feature}/create-release.ts`, domain],
  [`${feature}/create-release.ts`, databaseType],
  [`${feature}/create-release.ts`, audit],
  [`${feature}/create-release.ts`, `import { lockPack } from '../packs/packs.store.ts'`],
  [`${feature}/releases.store.ts`, database],
  [`${feature}/releases.views.ts`, contract],
  [`${feature}/releases.views.ts`, database],
  [`${feature}/create-release.test.ts`, database],
  ['apps/web/src/features/packs/pack-list.tsx', contract],
  ['apps/web/src/features/packs/pack-list.tsx', domain],
  ['apps/web/src/lib/dates.ts', `import { formatInTimeZone } from 'date-fns-tz'`],
]

type Diagnostic = { code: string; help: string; filename: string; labels: { span: { line: number } }[] }

const folder = mkdtempSync(join(tmpdir(), 'packline-imports-'))
const linesOf = new Map<string, string[]>()
let diagnostics: Diagnostic[] = []

/** All cases of one file become one file, linted by the real rules in one run. */
beforeAll(() => {
  for (const [file, line] of [...refused, ...allowed]) linesOf.set(file, [...(linesOf.get(file) ?? []), line])
  for (const [file, lines] of linesOf) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), lines.join('\n'))
  }
  const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as object
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify({ ...config, options: { typeAware: false } }))
  const { stdout } = spawnSync('oxlint', ['--format=json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: pathWithOwnTools('.') },
  })
  diagnostics = (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
})

afterAll(() => rmSync(folder, { recursive: true }))

function whatLintSays(file: string, line: string): string[] {
  const number = (linesOf.get(file)?.indexOf(line) ?? 0) + 1
  return diagnostics
    .filter(({ code, filename }) => code.includes('no-restricted-imports') && filename === file)
    .filter(({ labels }) => labels[0]?.span.line === number)
    .map(({ help }) => help)
}

test.each(refused)('%s may not %s', (file, line, words) => {
  expect(whatLintSays(file, line)).toEqual([expect.stringContaining(words)])
})

test.each(allowed)('%s may %s', (file, line) => {
  expect(whatLintSays(file, line)).toEqual([])
})
