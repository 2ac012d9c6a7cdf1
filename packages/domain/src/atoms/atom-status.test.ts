import { describe, expect, test } from 'vitest'
import { checkAtomName } from './atom-name.ts'
import { atomStatus, nodeStatus } from './atom-status.ts'
import { installCommand } from './install-command.ts'
import { planRemoveAtom } from './plan-remove-atom.ts'
import { planServeAccounts } from './plan-serve-accounts.ts'

describe('D-19 an Atom not heard from for 90 seconds is offline', () => {
  test.each<[number | null, string]>([
    [null, 'UNKNOWN'],
    [0, 'ONLINE'],
    [89.999, 'ONLINE'],
    [90, 'OFFLINE'],
    [86_400, 'OFFLINE'],
    // The machine's clock was put back since: heard from a moment ago.
    [-5, 'ONLINE'],
  ])('silent for %s seconds: %s', (seconds, status) => {
    expect(nodeStatus(seconds)).toBe(status)
  })

  test.each<[string, (number | null)[], string]>([
    ['no node has registered', [], 'UNKNOWN'],
    ['a node was never heard from', [null], 'UNKNOWN'],
    ['a Molecule of which all are online', [3, 4, 5], 'ONLINE'],
    ['a Molecule of which one is offline', [3, 400, 5], 'WARNING'],
    ['a Molecule of which one was never heard from', [3, null], 'WARNING'],
    ['a Molecule of which none is online', [300, null], 'OFFLINE'],
  ])('%s', (_case, seconds, status) => {
    expect(atomStatus(seconds)).toBe(status)
  })
})

test('an Atom has a name of 1 to 255 characters', () => {
  expect(checkAtomName(' east-1 ')).toEqual({ kind: 'ok', name: 'east-1' })
  expect(checkAtomName('')).toEqual({ kind: 'refused', reason: 'name-empty' })
  expect(checkAtomName('x'.repeat(256))).toEqual({ kind: 'refused', reason: 'name-too-long' })
})

describe('removing an Atom', () => {
  test.each([
    ['ATOM', false, 0, 0, { kind: 'planned' }],
    ['CLOUD', false, 0, 0, { kind: 'planned' }],
    ['CLOUD', false, 2, 1, { kind: 'refused', reason: 'cloud-in-use' }],
    ['CLOUD', true, 2, 0, { kind: 'refused', reason: 'cloud-of-another-account' }],
    ['ATOM', false, 0, 1, { kind: 'refused', reason: 'atom-has-packs' }],
  ] as const)(
    '%s, of another account: %s, serving %i, with %i packs of its own',
    (type, isForeignCloud, servedAccounts, ownPackCount, plan) => {
      expect(planRemoveAtom({ type, isForeignCloud, servedAccounts, ownPackCount })).toEqual(plan)
    },
  )
})

describe('the accounts that an Atom Cloud serves', () => {
  const own = { type: 'CLOUD', isForeignCloud: false } as const
  test('come and go; asking twice for one is asking once', () => {
    expect(
      planServeAccounts(own, { asked: ['b', 'c', 'c'], managed: ['b', 'c'], served: ['a', 'b'] }),
    ).toEqual({ kind: 'planned', added: ['c'], removed: ['a'] })
  })

  test.each([
    [{ type: 'ATOM', isForeignCloud: false }, ['b'], 'not-a-cloud'],
    [{ type: 'CLOUD', isForeignCloud: true }, ['b'], 'cloud-of-another-account'],
    [own, ['b', 'stranger'], 'account-not-managed'],
  ] as const)('%j may not serve %j: %s', (atom, asked, reason) => {
    expect(planServeAccounts(atom, { asked, managed: ['b'], served: [] })).toEqual({
      kind: 'refused',
      reason,
    })
  })
})

describe('the command that installs a node', () => {
  const url = 'https://packline.example'
  test.each([
    ['bluebird-prod-1', './atoms/bluebird-prod-1'],
    ['Größe & Co; rm -rf /', './atoms/gro-e-co-rm-rf'],
    ['価格', './atoms/atom'],
    ['x'.repeat(200), `./atoms/${'x'.repeat(60)}`],
  ])('of %s keeps it in %s', (atomName, directory) => {
    expect(installCommand({ url, token: 't0ken', atomName })).toBe(
      `npx --yes pnpm atom -- --url https://packline.example --token t0ken --dir ${directory}`,
    )
  })
})
