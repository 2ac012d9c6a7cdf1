import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aboutView } from '@packline/contract/session.ts'
import { expect, onTestFinished, test } from 'vitest'
import { callerOf, createTestApp } from '../../test/test-app.ts'
import { getAboutView } from './about.views.ts'

const demo = await createTestApp()

test('the demo says who can sign in', async () => {
  const response = await callerOf(demo.app)('GET', '/about')
  expect(response.statusCode).toBe(200)
  const about = aboutView.parse(response.json())
  expect(about).toMatchObject({
    version: '0.1.0',
    zoneDataVersion: process.versions.tz,
    demo: { password: 'packline-demo' },
  })
  expect(about.demo?.users.map(({ email }) => email)).toEqual([
    'release.manager@orchard.example',
    'admin@orchard.example',
    'operator@bluebird.example',
    'viewer@bluebird.example',
    'operator@chatham.example',
  ])
})

test('anywhere else nobody is named', async () => {
  const real = await createTestApp({ demo: false, databaseUrl: demo.url })
  const response = await callerOf(real.app)('GET', '/about')
  expect(response.json()).toMatchObject({ demo: null })
  expect(response.body).not.toContain('orchard')
})

async function zoneinfo(files: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'packline-zoneinfo-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
  return directory
}

test.each([
  [
    'newer data of Linux',
    { 'tzdata.zi': '# version 2099a\n# This zic input file is in the public domain.\n' },
    '2099a',
  ],
  ['newer data of macOS', { '+VERSION': '2099b\n' }, '2099b'],
  ['the same data', { 'tzdata.zi': `# version ${process.versions.tz}\n` }, null],
  ['older data', { 'tzdata.zi': '# version 2019a\n' }, null],
  ['a file of another kind', { 'tzdata.zi': '\u0000\u0001' }, null],
  ['no data', {}, null],
])('zone data of the operating system: %s', async (_what, files, expected) => {
  const view = await getAboutView({ demo: false, zoneinfo: await zoneinfo(files) })
  expect(view.newerZoneDataVersion).toBe(expected)
})
