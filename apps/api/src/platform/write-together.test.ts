import { actAs } from '@packline/database/acting.ts'
import Fastify, { type FastifyRequest } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { beginRequests } from './acting-requests.ts'
import type { Actor } from './actor.ts'
import type { Answer } from './idempotency.ts'
import { handleProblems } from './problems.ts'
import { writeTogether } from './write-together.ts'

const { deps, db, ...rest } = await createTestApp()
const accountId = await createAccount({ deps, db, ...rest })
const { userId } = await signInAs({ deps, db, ...rest }, { accountId })
const stops: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(stops.map((stop) => stop())))

type Input = { subject: string; status?: number }
const wide = { atOnce: 2, together: 10, waiting: 100, waitMillis: 60_000 }

/** A server whose one route writes together with others; `gate` holds up what is done together. */
async function createScene({
  limits = wide,
  failure,
}: {
  limits?: typeof wide
  failure?: (subjects: readonly string[]) => Error | undefined
} = {}) {
  const gate = Promise.withResolvers<void>()
  const scene = { together: [] as string[][], alone: [] as string[], gate }
  const answer = ({ subject, status = 200 }: Input): Answer => ({
    status,
    body: { subject, code: 'made-up' },
  })
  const app = Fastify()
  handleProblems(app)
  beginRequests(app)
  app.decorateRequest('actor')
  app.addHook('onRequest', async (request) => {
    // As much of an actor as a write looks at.
    request.actor = { userId, accountId } as Actor
    actAs({ kind: 'account', accountId })
  })
  let handled = 0
  const arrived = () => handled
  const write = writeTogether<Input>(
    deps,
    {
      subjectOf: ({ subject }) => subject,
      one: async (_tx, { input }) => {
        scene.alone.push(input.subject)
        return answer(input)
      },
      many: async (_tx, _scope, asked) => {
        const subjects = asked.map(({ input }) => input.subject)
        scene.together.push(subjects)
        await gate.promise
        const failed = failure?.(subjects)
        if (failed) throw failed
        return asked.map(({ input }) => (input.subject.startsWith('held') ? undefined : answer(input)))
      },
    },
    limits,
  )
  app.post('/', async (request: FastifyRequest<{ Body: Input }>, reply) => {
    handled += 1
    const { status, body } = await write(request, request.body)
    return reply.code(status).send(body)
  })
  stops.push(() => app.close())

  let sent = 0
  /** Sends and comes back once the request waits for its turn, or has been answered. */
  const send = async (input: Input, key?: string) => {
    sent += 1
    const answered = app.inject({
      method: 'POST',
      url: '/',
      payload: input,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    })
    while (arrived() < sent) await new Promise((resolve) => setImmediate(resolve))
    return { answered }
  }
  /** Two that are being done, so that whoever comes next has to wait. */
  const occupy = async () => {
    const busy = []
    for (const subject of ['first', 'second']) {
      busy.push(await send({ subject }))
      while (scene.together.length < busy.length) await new Promise((resolve) => setImmediate(resolve))
    }
    return busy
  }
  return { ...scene, send, occupy }
}

const statusOf = async ({ answered }: { answered: PromiseLike<{ statusCode: number }> }) =>
  (await answered).statusCode

test('those that come while others are being done are done together', async () => {
  const { together, alone, gate, send, occupy } = await createScene()
  const busy = await occupy()
  const gathered = [await send({ subject: 'a' }), await send({ subject: 'b' }), await send({ subject: 'c' })]
  gate.resolve()
  expect(await Promise.all([...busy, ...gathered].map(statusOf))).toEqual([200, 200, 200, 200, 200])
  expect(together).toEqual([['first'], ['second'], ['a', 'b', 'c']])
  expect(alone).toEqual([])
})

test('what cannot be done together is done alone', async () => {
  const { together, alone, gate, send, occupy } = await createScene()
  const busy = await occupy()
  const key = crypto.randomUUID()
  const sameKey = [await send({ subject: 'with a key' }, key), await send({ subject: 'with its twin' }, key)]
  const held = await send({ subject: 'held by somebody' })
  gate.resolve()
  await Promise.all([...busy, held].map(statusOf))
  // The same key for another request.
  expect(await Promise.all(sameKey.map(statusOf))).toEqual(expect.arrayContaining([200, 422]))
  // Who comes with a key that another in the transaction has is no part of it.
  expect(together.slice(2)).toEqual([['with a key', 'held by somebody']])
  expect(alone).toEqual(['held by somebody'])
})

test('at most one transaction is about the same', async () => {
  const { together, alone, gate, send, occupy } = await createScene()
  const busy = await occupy()
  const asked = [await send({ subject: 'first' }), await send({ subject: 'a' }), await send({ subject: 'a' })]
  gate.resolve()
  expect(await Promise.all([...busy, ...asked].map(statusOf))).toEqual([200, 200, 200, 200, 200])
  expect(together.slice(2).flat().toSorted()).toEqual(['a', 'a', 'first'])
  expect(together.findIndex((subjects) => subjects.includes('a'))).toBe(
    together.findLastIndex((subjects) => subjects.includes('a')),
  )
  expect(alone).toEqual([])
})

test('one at fault does not fail the others, and nobody else is blamed for it', async () => {
  const failure = (subjects: readonly string[]) =>
    subjects.includes('at fault') ? new Error('no') : undefined
  const { alone, gate, send, occupy } = await createScene({ failure })
  await occupy()
  const asked = [await send({ subject: 'at fault' }), await send({ subject: 'a' })]
  gate.resolve()
  expect(await Promise.all(asked.map(statusOf))).toEqual([200, 200])
  expect(alone.toSorted()).toEqual(['a', 'at fault'])
})

test('a database that is away is not asked again for each of them', async () => {
  const failure = () => new Error('Connection terminated unexpectedly')
  const { alone, gate, send, occupy } = await createScene({ failure })
  const busy = await occupy()
  const asked = [await send({ subject: 'a' }), await send({ subject: 'b' })]
  gate.resolve()
  expect(await Promise.all([...busy, ...asked].map(statusOf))).toEqual([503, 503, 503, 503])
  expect(alone).toEqual([])
})

test('each keeps its own key: what was done is answered again, what was refused can be mended', async () => {
  const { together, alone, gate, send, occupy } = await createScene()
  await occupy()
  const [done, refused] = [crypto.randomUUID(), crypto.randomUUID()]
  const asked = [await send({ subject: 'a' }, done), await send({ subject: 'b', status: 409 }, refused)]
  gate.resolve()
  expect(await Promise.all(asked.map(statusOf))).toEqual([200, 409])

  const again = await send({ subject: 'a' }, done)
  expect((await again.answered).json()).toEqual({ subject: 'a', code: 'made-up' })
  expect(await statusOf(await send({ subject: 'b', status: 201 }, refused))).toBe(201)
  expect([...together.flat(), ...alone].filter((subject) => subject === 'a')).toHaveLength(1)
})

test('the queue is bounded in number and in time', async () => {
  const short = await createScene({ limits: { ...wide, waiting: 3 } })
  const busy = await short.occupy()
  const third = await short.send({ subject: 'third' })
  const { answered } = await short.send({ subject: 'one too many' })
  const refusal = await answered
  expect(refusal.statusCode).toBe(503)
  expect(refusal.headers['retry-after']).toBe('2')
  expect(refusal.json()).toMatchObject({ code: 'overloaded' })
  short.gate.resolve()
  expect(await Promise.all([...busy, third].map(statusOf))).toEqual([200, 200, 200])

  const impatient = await createScene({ limits: { ...wide, waitMillis: 0 } })
  expect(await statusOf(await impatient.send({ subject: 'late already' }))).toBe(503)
  expect([...impatient.together.flat(), ...impatient.alone]).toEqual([])
})
