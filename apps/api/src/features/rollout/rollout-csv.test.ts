import { expect, test } from 'vitest'
import { createReleaseScene } from '../../test/release-scene.ts'
import { addAccount, createRollout, rolloutOf } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app

const linesOf = (text: string) => text.split('\r\n').slice(0, -1)

test('the rollout as a file: every row with its facts, and nothing that a spreadsheet would carry out', async () => {
  const { call, releaseId, orchard, scene } = await createRollout(app)
  await db.account.update({ where: { id: orchard.accountId }, data: { name: '=cmd|"/c calc"!A1, Ltd' } })
  await db.integrationPack.update({ where: { id: scene.pack.id }, data: { name: 'Größe "A/B"' } })
  const answer = await call('GET', `/releases/${releaseId}/rollout.csv`)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="Groe -A-B- release 2 rollout.csv"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20-A-B-%20release%202%20rollout.csv`,
  )
  expect(answer.headers['cache-control']).toBe('no-store')
  const [head, ...rows] = linesOf(answer.body)
  expect(head).toBe(
    '\ufeffAccount,Account ID,Installation,Environment,Atom,Atom type,State,Cause,Attempts,Active nodes,Nodes,How,' +
      'Release before,Release now,Version before,Version now,Changed (UTC),Environment ID,Atom ID',
  )
  expect(rows).toHaveLength((await rolloutOf(call, releaseId)).rows.length)
  const molecule = rows.find((row) => row.includes('MOLECULE'))
  expect(molecule).toContain(`"'=cmd|""/c calc""!A1, Ltd",${orchard.accountId},"Größe ""A/B""",Place`)
  expect(molecule).toContain(',MOLECULE,downloading,,0,1,3,released,1,2,1,2,')
})

test('only what the filters ask for', async () => {
  const { call, releaseId, bluebird } = await createRollout(app)
  const query = { state: 'superseded', account: bluebird.accountId }
  const answer = await call('GET', `/releases/${releaseId}/rollout.csv`, { query })
  expect(linesOf(answer.body).map((line) => line.split(',')[3])).toEqual(['Environment', 'Ulm'])
  const none = await call('GET', `/releases/${releaseId}/rollout.csv`, { query: { search: 'nobody' } })
  expect(linesOf(none.body)).toHaveLength(1)
})

test('more rows than are read at once: each of them once', async () => {
  const scene = await createReleaseScene(app)
  const { accountId } = await addAccount(app, scene)
  await db.$executeRaw`
    with place as (
      insert into "Environment" (id, "accountId", name, classification)
      select gen_random_uuid(), ${accountId}, 'Place ' || n, 'TEST' from generate_series(1, 1200) n returning id)
    insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
      "lastUpdatedAt", "attachedAt")
    select gen_random_uuid(), i.id, i."packId", i."accountId", place.id, ${scene.first.id}::uuid, 1, now(), now()
    from place, "Installation" i where i."accountId" = ${accountId}`
  const answer = await scene.manager.call('GET', `/releases/${scene.first.id}/rollout.csv`)
  const rows = linesOf(answer.body).slice(1)
  expect(rows).toHaveLength(1_201)
  expect(new Set(rows).size).toBe(1_201)
})
