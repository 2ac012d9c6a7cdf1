import { expect, test } from 'vitest'
import { fingerprintOfRowsWith } from '../leak-attempt.ts'
import { prepareFor } from '../platform-api/contract-cases.ts'
import { bodyFor, examplesFor, pathFor } from '../platform-api/contract-requests.ts'
import { createPack, createPair } from '../platform-api/contract-scene.ts'
import { publicOperations } from '../platform-api/public-description.ts'
import { createTestApp } from '../test-app.ts'

const app = await createTestApp()
const pair = await createPair(app)
const victim = await createPair(app)
const theirs = await createPack(app, victim)
const victims = [victim.publisher.accountId, victim.managed.accountId, theirs.id]

/** What a script might like to set. Clients send fields that we do not know, so they are read over, not refused. */
const wished: Record<string, unknown> = {
  accountId: victim.publisher.accountId,
  primaryAccountId: victim.publisher.accountId,
  packId: theirs.id,
  status: 'SUCCESS',
  state: 'RELEASED',
  releasedVersion: '9.9',
  eligibleAt: '2020-01-01T00:00:00Z',
  dueAt: '2020-01-01T00:00:00Z',
  timeZone: 'Asia/Tokyo',
  createdBy: victim.publisher.email,
  createdDate: '2020-01-01T00:00:00Z',
  deleted: true,
  currentReleaseId: theirs.id,
}

const writes = publicOperations.filter(({ operation }) => /^(CREATE|UPDATE)$/.test(operation))

test.each(writes.map((one) => [`${one.object} ${one.operation}`, one] as const))(
  '9 %s does nothing for fields that are not its own',
  async (_name, operation) => {
    const prepared = await prepareFor(operation)?.(app, pair, 'json')
    if (!prepared) throw new Error('Nothing prepares it')
    const by = pair[prepared.as]
    const [example] = examplesFor(operation, 'json')
    const plain = (await bodyFor(app, operation, prepared, { media: 'json', example, by })) as object
    const more = Object.fromEntries(Object.entries(wished).filter(([field]) => !Object.hasOwn(plain, field)))
    const before = await fingerprintOfRowsWith(app.db, victims)
    const answer = await by.send(operation.method, pathFor(operation, prepared), {
      body: { ...more, ...plain },
    })

    expect(answer.statusCode, answer.body).toBe(200)
    for (const value of [...victims, victim.publisher.email, '9.9', 'Asia/Tokyo', '2020-01-01T00:00:00Z'])
      expect(answer.body.includes(value), `tells ${value}`).toBe(false)
    expect(await fingerprintOfRowsWith(app.db, victims)).toEqual(before)
  },
)
