import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { profileBody, timeZoneView, type UserView, userView } from '@packline/contract/session.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { businessNow } from '../../platform/clock.ts'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { editProfile, type EditProfileOutcome } from './edit-profile.ts'
import { getUserView, listTimeZones } from './users.views.ts'

const tags = ['User']

const profileEtag = (view: UserView) => factsEtag([view.firstName, view.lastName, view.timeZone], view)

const condition = requireUnchanged({
  find: (db, { actor }) => getUserView(db, actor.userId),
  etagOf: profileEtag,
  rowsOf: ({ id }) => [{ table: 'User', where: { id } }],
  changed: {
    code: 'profile-changed',
    message:
      'Your names or your time zone have been changed since you opened them. Nothing was saved: look at them as they are now, then save again.',
  },
})

/** Settings > User Information. */
export const userRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.getProfile.method,
      url: endpoints.getProfile.path,
      config: { access: 'manage-own-profile' },
      schema: { tags, summary: 'Your names and time zone', response: { 200: userView, '4xx': problem } },
      handler: async ({ actor }, reply) => {
        const user = await getUserView(deps.db, actor.userId)
        return reply.header('etag', profileEtag(user)).send(user)
      },
    })

    app.route({
      method: endpoints.editProfile.method,
      url: endpoints.editProfile.path,
      config: { access: 'manage-own-profile', condition },
      schema: {
        tags,
        summary: 'Change names and time zone',
        body: profileBody,
        response: { 200: userView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { firstName, lastName, timeZone } = request.body
        const draft = {
          ...(firstName !== undefined && { firstName }),
          ...(lastName !== undefined && { lastName }),
          ...(timeZone !== undefined && { timeZone }),
        }
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editProfile(tx, request.actor, now, draft)
          if (outcome.kind === 'refused') {
            return refused(request, { code: outcome.reason, ...refusals[outcome.reason] })
          }
          const user = await getUserView(tx, request.actor.userId)
          return { status: 200, body: user, etag: profileEtag(user) }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.listTimeZones.method,
      url: endpoints.listTimeZones.path,
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'The time zones to choose from',
        response: { 200: z.array(timeZoneView), '4xx': problem },
      },
      handler: async () => listTimeZones(await businessNow(deps.db)),
    })
  }

type Refusal = Extract<EditProfileOutcome, { kind: 'refused' }>['reason']

const refusals: Record<Refusal, { status: number; message: string }> = {
  'first-name-too-long': { status: 422, message: 'A first name has at most 100 characters.' },
  'last-name-too-long': { status: 422, message: 'A last name has at most 100 characters.' },
  'time-zone-unknown': {
    status: 422,
    message:
      'This is not the name of a time zone. Use a name such as Europe/Berlin: abbreviations such as IST mean ' +
      'different things in different places, and an offset such as +05:30 knows no daylight saving.',
  },
  'user-not-found': { status: 404, message: 'This user does not exist any more.' },
}
