import type { ChangeHint } from '@packline/contract/changes.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { type Action, mayDo } from '@packline/domain/access/actions.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../platform/actor.ts'
import { createChangeFeed } from '../../platform/change-feed.ts'
import type { Deps } from '../../platform/deps.ts'
import { sendEvents } from '../../platform/event-stream.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { findAudience } from './change-audience.views.ts'
import { listStanding } from './standing-callers.views.ts'

/** A browser window has one; more of them than this nobody looks at. */
const streamsPerSession = 20
/** Then privileges are looked at again; whether somebody may be here at all, all the time. Not the same for all, so that they do not all come back at once. */
const lifeMillis = () => 600_000 + Math.random() * 300_000

/** Hints that something looks different now, as it happens. */
export const changeRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const feed = createChangeFeed({
      signals: deps.signals,
      findAudience: (ids, accountIds) => findAudience(deps.systemDb, ids, accountIds),
      listStanding: (ids) => listStanding(deps.systemDb, ids),
      onFault: (error) => app.log.warn({ err: error }, 'changes could not be told'),
    })
    const open = new Map<string, number>()
    // Before the server waits for answers to end: these go on for minutes.
    app.addHook('preClose', async () => feed.close())

    app.route({
      method: endpoints.hearChanges.method,
      url: endpoints.hearChanges.path,
      // What is compressed waits until there is enough of it.
      compress: false,
      config: { access: 'hear-changes' },
      schema: {
        tags: ['Changes'],
        summary: 'Hints as server-sent events that something looks different now',
        response: { '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor } = request
        if (!request.headers.accept?.includes('text/event-stream')) throw new RequestRefused(notAsked)
        const caller = nameOf(actor)
        const streams = open.get(caller) ?? 0
        if (streams >= streamsPerSession) throw new RequestRefused(tooMany)
        open.set(caller, streams + 1)

        const isForThem = audibleTo(actor)
        const stream = sendEvents(reply, {
          lifeMillis: lifeMillis(),
          onEnd: () => {
            leave()
            const left = (open.get(caller) ?? 1) - 1
            if (left > 0) open.set(caller, left)
            else open.delete(caller)
          },
        })
        const leave = feed.join({
          caller: { id: caller, accountId: actor.accountId },
          userId: actor.userId,
          tell: (hints) => {
            for (const hint of hints) if (isForThem(hint)) stream.send(hint)
          },
          end: stream.end,
        })
        return reply
      },
    })
  }

const needed: Record<ChangeHint['kind'], readonly Action[]> = {
  release: ['view-releases'],
  pack: ['view-packs', 'browse-packs', 'view-updates'],
  environment: ['view-environments', 'view-installations'],
  sharing: ['browse-packs', 'view-installations'],
  notices: ['view-notices'],
  everything: ['hear-changes'],
}

/** Of what somebody may not see, they do not hear either. */
function audibleTo(actor: Actor) {
  const kinds = Object.entries(needed)
    .filter(([, actions]) => actions.some((action) => mayDo(action, actor).kind === 'allowed'))
    .map(([kind]) => kind)
  const audible = new Set(kinds)
  return (hint: ChangeHint) => audible.has(hint.kind)
}

/** Streams are counted for each browser or token. */
function nameOf({ through, userId }: Actor) {
  if (through.kind === 'session') return through.sessionId
  return through.kind === 'token' ? through.tokenId : userId
}

const notAsked = {
  status: 406,
  code: 'not-an-event-stream',
  message: 'The answer is a stream of events. Ask for it with Accept: text/event-stream.',
}
const tooMany = {
  status: 429,
  code: 'too-many-streams',
  message: 'You listen in too many places at once. Close some of them.',
}
