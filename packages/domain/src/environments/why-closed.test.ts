import { expect, test } from 'vitest'
import { whyClosed } from './why-closed.ts'

const operator = { id: 'r1', label: 'Operator' }
const releaser = { id: 'r2', label: 'Releaser' }
const holderOf = (...roleIds: string[]) => ({ roleIds: new Set(roleIds), isAdministrator: false })

test('an environment without roles is open to everybody', () => {
  expect(whyClosed({ name: 'Live', roles: [] }, holderOf())).toBeNull()
})

test('with roles it is open to whoever holds one of them, and to administrators', () => {
  const environment = { name: 'Live', roles: [operator, releaser] }
  expect(whyClosed(environment, holderOf('r2', 'r9'))).toBeNull()
  expect(whyClosed(environment, { ...holderOf(), isAdministrator: true })).toBeNull()
  expect(whyClosed(environment, holderOf('r9'))).toBe(
    'The environment “Live” is kept to the roles Operator, Releaser. Ask an administrator of this account for one of them.',
  )
  expect(whyClosed({ name: 'Live', roles: [operator] }, holderOf())).toContain('kept to the role Operator. ')
})
