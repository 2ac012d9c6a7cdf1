import { describe, expect, test } from 'vitest'

import { featureImports } from './feature-imports.ts'
import { tableWriters } from './table-writers.ts'

const schema = { path: 'prisma/schema.prisma', text: 'model Release {\n}\nmodel PackItem {\n}\n' }
const inFeature = (name: string, text: string) => ({ path: `apps/api/src/features/${name}`, text })

describe('one table, one writer', () => {
  const writes = [
    'await tx.packItem.update({ where: { id } })',
    'await tx.packItem.createMany({ data })',
    'await tx.$executeRaw`update "PackItem" set "removedAt" = ${now}`',
    'await tx.$executeRaw`insert into "PackItem" ("id") values (${id})`',
    'await tx.$executeRaw`with gone as (delete from "PackItem" returning id) select 1`',
  ]

  test.each(writes)('a store may say %s', (text) => {
    expect(tableWriters([schema, inFeature('packs/packs.store.ts', text)])).toEqual([])
  })

  test.each(writes)('a use case may not say %s', (text) => {
    expect(tableWriters([schema, inFeature('packs/remove-item.ts', text)])).toEqual([
      expect.stringContaining('remove-item.ts:1: writes PackItem. Only the feature'),
    ])
  })

  test.each(writes)('no second feature may say %s', (text) => {
    const twice = [inFeature('packs/packs.store.ts', text), inFeature('releases/releases.store.ts', text)]
    expect(tableWriters([schema, ...twice])).toEqual([
      expect.stringContaining('PackItem is written from features/packs and features/releases'),
    ])
  })

  test('a table of the platform is not written by a feature', () => {
    const platform = { path: 'apps/api/src/platform/audit.ts', text: 'tx.release.create({ data })' }
    expect(tableWriters([schema, platform])).toEqual([])
    expect(
      tableWriters([schema, platform, inFeature('a/a.store.ts', 'tx.release.create({ data })')]),
    ).toHaveLength(1)
  })

  test('reading, locking, other objects and tests are free', () => {
    const free = [
      inFeature('packs/packs.views.ts', 'tx.release.findMany()'),
      inFeature('packs/apply-updates.ts', 'tx.$queryRaw`select id from "Release" for update`'),
      inFeature('packs/edit-pack.ts', 'deps.cache.delete(key)'),
      inFeature('packs/edit-pack.test.ts', 'db.release.create({ data })'),
    ]
    expect(tableWriters([schema, ...free])).toEqual([])
  })
})

describe('from feature to feature', () => {
  const useCaseUsesStore = inFeature(
    'releases/create-release.ts',
    `import { lockPack } from '../packs/packs.store.ts'`,
  )

  test('a use case may use the store of another feature', () => {
    expect(featureImports([useCaseUsesStore])).toEqual([])
  })

  test('but not in both directions', () => {
    const back = inFeature('packs/delete-pack.ts', `import { cancel } from '../releases/releases.store.ts'`)
    expect(featureImports([useCaseUsesStore, back])).toEqual([
      expect.stringContaining('releases uses packs, which uses releases'),
      expect.stringContaining('packs uses releases, which uses packs'),
    ])
  })

  test.each([
    ['releases/releases.routes.ts', '../packs/packs.store.ts'],
    ['releases/releases.routes.ts', '../packs/edit-pack.ts'],
    ['releases/releases.views.ts', '../packs/packs.views.ts'],
    ['releases/releases.store.ts', '../packs/packs.store.ts'],
    ['releases/create-release.ts', '../packs/edit-pack.ts'],
  ])('%s may not import %s', (name, specifier) => {
    const imports = inFeature(name, `import { something } from '${specifier}'`)
    expect(featureImports([imports])).toEqual([expect.stringContaining('Only a use case may reach')])
  })

  test('a screen imports no other feature, not even lazily', () => {
    const path = 'apps/web/src/features/releases/release-list.route.tsx'
    for (const text of [
      `import { PackName } from '../packs/pack-name.tsx'`,
      `void import('../packs/pack-name.tsx')`,
    ]) {
      expect(featureImports([{ path, text }])).toEqual([
        expect.stringContaining('Compose the two in routes.tsx'),
      ])
    }
  })

  test('tests and imports within the feature are free', () => {
    expect(featureImports([inFeature('a/plan-a.test.ts', `import { b } from '../b/edit-b.ts'`)])).toEqual([])
    expect(featureImports([inFeature('a/a.routes.ts', `import { planA } from './plan-a.ts'`)])).toEqual([])
  })
})
