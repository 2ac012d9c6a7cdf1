import { expect, test } from 'vitest'
import { createPair, unique } from '../test/platform-api/contract-scene.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const { publisher } = await createPair(app)

type RoleAnswer = {
  id: string
  name: string
  parentId?: string
  Description: string
  Privileges: { Privilege: { name: string }[] }
}

async function createRole(more: Record<string, unknown> = {}) {
  const body = {
    name: unique('Role'),
    Description: 'Releases',
    Privileges: { Privilege: privileges },
    ...more,
  }
  const answer = await publisher.send('POST', '/Role', { body })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<RoleAnswer>()
}
const privileges = [{ name: 'DEPLOY' }, { name: 'API' }]

async function change(id: string, body: unknown) {
  const answer = await publisher.send('POST', `/Role/${id}`, { body, accept: 'json' })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<RoleAnswer>()
}
const codesOf = ({ Privileges }: RoleAnswer) => Privileges.Privilege.map(({ name }) => name).toSorted()

test('what an UPDATE does not name stays as it is', async () => {
  const { id } = await createRole()
  const renamed = await change(id, { name: unique('Renamed') })
  expect(renamed).toMatchObject({ Description: 'Releases' })
  expect(codesOf(renamed)).toEqual(['API', 'DEPLOY'])
  const described = await change(id, { Description: '' })
  expect(described).toMatchObject({ name: renamed.name, Description: '' })
  expect(codesOf(described)).toEqual(['API', 'DEPLOY'])
})

test('an empty collection of privileges takes all away', async () => {
  const name = unique('Role')
  const xml = `<bns:Role xmlns:bns="http://api.platform.boomi.com/" name="${name}"><bns:Privileges/></bns:Role>`
  for (const body of [{ Privileges: {} }, { Privileges: { Privilege: [] } }, xml]) {
    const { id } = await createRole()
    expect(codesOf(await change(id, body))).toEqual([])
  }
})

test('a role that leaves the one it inherits from keeps what is its own', async () => {
  const parent = await createRole({ Privileges: { Privilege: [{ name: 'EXECUTE' }] } })
  const { id } = await createRole({ parentId: parent.id })
  expect(codesOf(await change(id, { name: unique('Child') }))).toEqual(['API', 'DEPLOY', 'EXECUTE'])
  expect(codesOf(await change(id, { parentId: '' }))).toEqual(['API', 'DEPLOY'])
})
