import { expect, test } from 'vitest'
import { createNetworkGuard } from './network-guard.ts'

const guard = createNetworkGuard([])

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::a00:1',
  '2001::1',
  '2002:7f00:1::',
  '2001:db8::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '2130706433',
])('%s is refused', (address) => {
  expect(guard(address)).toBe(false)
})

test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '169.253.1.1', '2606:4700::1111', '::ffff:1.1.1.1'])(
  '%s is open',
  (address) => {
    expect(guard(address)).toBe(true)
  },
)

test('the configuration opens networks, and nothing beside them', () => {
  const open = createNetworkGuard(['10.20.0.0/16', '127.0.0.1', 'fd00:1::/32'])
  expect(['10.20.3.4', '127.0.0.1', '::ffff:10.20.3.4', 'fd00:1::5'].map(open)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['10.21.0.1', '127.0.0.2', 'fd00:2::5', '::1'].map(open)).toEqual([false, false, false, false])
})
