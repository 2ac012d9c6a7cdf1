import { expect, test } from 'vitest'

import { fileLength } from './file-length.ts'
import { fileNames } from './file-names.ts'
import { fileRoles } from './file-roles.ts'
import { topLevel } from './top-level.ts'

const at = (path: string, text = '') => [{ path, text }]

test.each(['apps/api/src/main.ts', 'README.md', '.ci/run', 'prisma/schema.prisma'])(
  '%s has a place',
  (path) => {
    expect(topLevel(at(path))).toEqual([])
  },
)

test.each(['scripts/deploy.ts', 'docker-compose.yml', '.eslintrc.json'])('%s has none', (path) => {
  expect(topLevel(at(path))).toEqual([expect.stringContaining('not a known top-level entry')])
})

test.each([
  'packages/domain/src/time/release-window.property.test.ts',
  'packages/domain/src/GLOSSARY.md',
  'apps/web/index.html',
  '.gitignore',
  'prisma/migrations/20270301120000_first_release/migration.sql',
])('%s is named well', (path) => {
  expect(fileNames(at(path))).toEqual([])
})

test.each([
  ['packages/domain/src/releaseWindow.ts', 'not kebab-case'],
  ['apps/web/src/ui/DataTable.tsx', 'not kebab-case'],
  ['packages/domain/src/release_plan.ts', 'not kebab-case'],
  ['packages/domain/src/utils.ts', 'says nothing'],
  ['apps/api/src/helpers/dates.ts', 'says nothing'],
  ['apps/api/src/common/dates.ts', 'says nothing'],
  ['apps/api/src/misc.test.ts', 'says nothing'],
  ['packages/contract/src/types.ts', 'says nothing'],
  ['packages/contract/src/index.ts', 'says nothing'],
])('%s: %s', (path, problem) => {
  expect(fileNames(at(path))).toEqual([expect.stringContaining(problem)])
})

test.each([
  'releases.routes.ts',
  'releases.store.ts',
  'release-targets.store.ts',
  'releases.views.ts',
  'releases.refusals.ts',
  'releases.job.ts',
  'create-release.ts',
  'create-release.test.ts',
])('a feature may hold %s', (name) => {
  expect(fileRoles(at(`apps/api/src/features/releases/${name}`))).toEqual([])
})

test.each([
  'releases/release.ts',
  'packs/pack-labels.ts',
  'releases/releases.service.ts',
  'releases/releases.mapper.ts',
  'releases/steps/create-release.ts',
  'create-release.json',
])('a feature may not hold %s', (name) => {
  expect(fileRoles(at(`apps/api/src/features/${name}`))).toEqual([
    expect.stringContaining('a feature folder holds <noun>.routes.ts'),
  ])
})

const lines = (count: number) => 'line\n'.repeat(count)

test('a file has at most 300 lines, and the message says where to split', () => {
  expect(fileLength(at('packages/domain/src/releases/plan-release.ts', lines(300)))).toEqual([])
  expect(fileLength(at('apps/api/src/features/packs/packs.store.ts', lines(301)))).toEqual([
    'apps/api/src/features/packs/packs.store.ts: 301 lines, at most 300 are allowed. Split it by table or by the decision it loads for.',
  ])
})

test.each([
  'prisma/migrations/20270301120000_first/migration.sql',
  'packages/domain/src/test-data/windows.ts',
])('%s may be long', (path) => {
  expect(fileLength(at(path, lines(5000)))).toEqual([])
})
