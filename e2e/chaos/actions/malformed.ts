import type { EndpointName } from '@packline/contract/endpoints.ts'
import type { Act } from './act.ts'

const names = [
  'createRelease',
  'reschedule',
  'changeVersions',
  'cancelRelease',
  'releaseNow',
  'install',
  'attach',
  'detach',
  'applyUpdates',
  'createPack',
  'addPackages',
] as const satisfies readonly EndpointName[]

const ids = [
  '',
  '0',
  '../../etc/passwd',
  '%00',
  '00000000-0000-4000-8000-000000000000',
  "' or 1=1 --",
  'x'.repeat(5_000),
]

const bodies: readonly unknown[] = [
  '{"half',
  '[]',
  '"text"',
  'null',
  {},
  { releaseOn: '2027-02-30' },
  { releaseOn: '+275760-09-13' },
  { releaseOn: 20_270_301, reason: [] },
  { versions: [{ componentId: 'x', packageId: { $ne: null } }], timing: { kind: 'immediately' } },
  { versions: [], timing: { kind: 'on-date', releaseOn: '9999-12-31' }, status: 'SUCCESS' },
  { versions: Array.from({ length: 2_000 }, () => ({})), timing: null },
  { reason: '\u0000 \ud800' },
  { environmentIds: Array.from({ length: 1_001 }, () => '00000000-0000-4000-8000-000000000000') },
  { packId: { contains: '' }, environmentIds: 'all' },
  { seen: [{ attachmentId: '1; drop table "Release"', releaseId: [] }] },
  { __proto__: { isAdmin: true }, constructor: { prototype: {} } },
]

/** What no screen sends. */
export const sendNonsense: Act = async ({ scene, random, pack, consumer }) => {
  const caller = random.choose([scene.manager, consumer.operator, scene.stranger]) ?? scene.manager
  const someId = () => random.choose([...ids, pack.id]) ?? ''
  const key = random.choose([undefined, 'short', 'x'.repeat(300), 'with space in it'])
  await caller.send(random.choose(names) ?? 'createRelease', {
    params: { packId: someId(), releaseId: someId(), installationId: someId(), environmentId: someId() },
    body: random.choose(bodies),
    ...(key !== undefined && { key }),
  })
}
