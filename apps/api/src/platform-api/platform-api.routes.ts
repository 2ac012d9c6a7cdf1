import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { CheckCondition } from '../platform/condition.ts'
import type { Deps } from '../platform/deps.ts'
import { RequestRefused } from '../platform/problems.ts'
import { getBulk, getObject, query, queryMore, type Reader } from './answer-reads.ts'
import { changeObject } from './answer-writes.ts'
import { looseBody } from './codec/read-body.ts'
import { readValue } from './codec/read-value.ts'
import type { Shape } from './codec/shape.ts'
import { createPlatformGate, type PlatformAccess } from './gate.ts'
import { acceptAnyBody, bodyOf, nothingHere, send, sendError, sendWritten } from './http.ts'
import { allObjects } from './objects/all-objects.ts'
import { nothingSeen, unchangedObject } from './object-condition.ts'
import { operationsOf } from './objects/operations.ts'
import type { PlatformObject } from './objects/platform-object.ts'

const bases = [
  { prefix: '/api/rest/v1/:accountId', isPartner: false },
  { prefix: '/partner/api/rest/v1/:accountId', isPartner: true },
]

/** The public Platform API: a second, thin front on the use cases of the console. */
export const platformApiRoutes =
  (deps: Deps): FastifyPluginAsync =>
  async (app) => {
    acceptAnyBody(app)
    app.addHook('onRequest', createPlatformGate(deps))
    app.setErrorHandler(sendError)
    for (const { prefix, isPartner } of bases) {
      await app.register(
        async (api) => {
          for (const object of allObjects) mount(api, deps, { object, isPartner })
          api.all('/*', { schema: { hide: true } }, (request) => {
            throw new RequestRefused({ status: 404, code: nothingHere, message: whatThereIs(request) })
          })
        },
        { prefix },
      )
    }
  }

type Mounted = { object: PlatformObject; isPartner: boolean }
type ById = { Params: { accountId: string; id: string } }
type Options = (
  action: PlatformAccess['action'],
  condition?: CheckCondition,
) => {
  schema: { hide: true }
  bodyLimit?: number
  config: { platform: PlatformAccess; condition?: CheckCondition }
}

function mount(app: FastifyInstance, deps: Deps, { object, isPartner }: Mounted) {
  const { features = [], bodyLimit } = object
  const options: Options = (action, condition) => ({
    schema: { hide: true },
    ...(bodyLimit !== undefined && { bodyLimit }),
    config: { platform: { action, features, isPartner }, ...(condition && { condition }) },
  })
  mountReads(app, deps, object, options)
  mountChanges(app, deps, object, options)
}

function mountReads(app: FastifyInstance, deps: Deps, object: PlatformObject, options: Options) {
  const { shape: of, reading, only } = object
  const path = `/${of.name}`
  if (only) {
    app.get(only.path, options(only.action), async ({ actor }, reply) => {
      const value = await only.read({ db: deps.db, actor, deps, purpose: 'get' })
      return send(reply, { of, answer: { kind: 'object', value } })
    })
  }
  if (!reading) return
  const reader: Reader = { object: { ...object, reading }, deps }
  const read = options(reading.action)
  if (reading.get) {
    app.get<ById>(`${path}/:id`, read, async ({ actor, params }, reply) => {
      const value = await getObject(reader, actor, params.id)
      return send(reply, { of, status: reading.statusOf?.(value) ?? 200, answer: { kind: 'object', value } })
    })
    app.post(`${path}/bulk`, read, async (request, reply) =>
      send(reply, { of, answer: await getBulk(reader, request.actor, looseBody(bodyOf(request))) }),
    )
  }
  if (reading.query) {
    app.post(`${path}/query`, read, async (request, reply) =>
      send(reply, { of, answer: await query(reader, request.actor, looseBody(bodyOf(request))) }),
    )
    app.post(`${path}/queryMore`, read, async (request, reply) =>
      send(reply, { of, answer: await queryMore(reader, request.actor, bodyOf(request).text) }),
    )
  }
}

function mountChanges(app: FastifyInstance, deps: Deps, object: PlatformObject, options: Options) {
  const { shape: of, reading, create, update, remove } = object
  const path = `/${of.name}`
  // Without a reading the object is something done to another one, whose use case compares that one's tag.
  const unchanged = reading && unchangedObject({ ...object, reading })
  if (create) {
    app.post(path, options(create.action, reading && nothingSeen), async (request, reply) => {
      const body = readValue(of, looseBody(bodyOf(request), contentsOf(of)))
      return sendWritten(
        reply,
        of,
        await changeObject(deps, request, { object, change: create, id: '', body }),
      )
    })
  }
  if (update) {
    app.post<ById>(`${path}/:id`, options(update.action, unchanged), async (request, reply) => {
      const body = readValue(of, looseBody(bodyOf(request), contentsOf(of)))
      const { id } = request.params
      return sendWritten(reply, of, await changeObject(deps, request, { object, change: update, id, body }))
    })
  }
  if (remove) {
    app.delete<ById>(`${path}/:id`, options(remove.action, unchanged), async (request, reply) => {
      const { id } = request.params
      const change = { object, change: remove, id, body: undefined }
      return sendWritten(reply, of, await changeObject(deps, request, change))
    })
  }
}

const contentsOf = ({ fields }: Shape): ReadonlySet<string> =>
  new Set(Object.keys(fields).filter((name) => fields[name]?.as === 'content'))

/** For an address without anything: the objects there are, or what this object can be asked for. */
function whatThereIs({ method, url }: FastifyRequest): string {
  const [name = ''] = /\/rest\/v1\/[^/?]+\/([^/?]*)/.exec(url)?.slice(1) ?? []
  const object = allObjects.find(({ shape }) => shape.name === name)
  if (!object) {
    const names = allObjects.map(({ shape, only }) => only?.path.slice(1) ?? shape.name)
    return `There is no object of that name here. There are ${names.join(', ')}.`
  }
  return `${method} does nothing at this address. ${name} has ${operationsOf(object).join(', ')}.`
}
