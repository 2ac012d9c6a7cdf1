import {
  accountUserList,
  accountUserParams,
  accountUserQuery,
  type AccountUserView,
  accountUserView,
  removedUser,
  userRolesBody,
} from '@packline/contract/account-users.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { limitRequests } from '../../platform/limit-requests.ts'
import { hasMailServer } from '../../platform/mail-outbox.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { turnOffRefusal, userChanged, userRolesRefusal } from './account-users.refusals.ts'
import { findAccountUser, listUsers } from './account-users.views.ts'
import { changeUserRoles } from './change-user-roles.ts'
import { removeUser } from './remove-user.ts'
import { resetTwoStep } from './reset-two-step.ts'
import { unlockUser } from './unlock-user.ts'

const tags = ['Users of the account']
const absent = notFound('user').refusal

const userEtag = (view: AccountUserView) => factsEtag(view.roles.map(({ id }) => id).toSorted(), view)

const condition = requireUnchanged({
  find: (db, { actor, params }) => findAccountUser(db, actor, accountUserParams.parse(params).userId),
  etagOf: userEtag,
  // Whoever gives roles or takes them away holds the account.
  rowsOf: (_view, { actor }) => [{ table: 'Account', where: { id: actor.accountId } }],
  changed: userChanged,
})

/** Settings > Account Information and Setup > User Management. */
export const accountUserRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listUsers.method,
      url: endpoints.listUsers.path,
      config: { access: 'view-users' },
      schema: {
        tags,
        summary: 'List the users of this account',
        querystring: accountUserQuery,
        response: { 200: accountUserList, '4xx': problem },
      },
      handler: ({ actor, query }) => listUsers(deps.db, actor, query),
    })

    app.route({
      method: endpoints.getUser.method,
      url: endpoints.getUser.path,
      config: { access: 'view-users' },
      schema: {
        tags,
        summary: 'Read a user of this account',
        params: accountUserParams,
        response: { 200: accountUserView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const user = await findAccountUser(deps.db, actor, params.userId)
        if (!user) throw notFound('user')
        return reply.header('etag', userEtag(user)).send(user)
      },
    })

    app.route({
      method: endpoints.changeUserRoles.method,
      url: endpoints.changeUserRoles.path,
      config: { access: 'edit-user-roles', condition },
      schema: {
        tags,
        summary: 'Set the roles of a user in this account',
        params: accountUserParams,
        body: userRolesBody,
        response: { 200: accountUserView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await changeUserRoles(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'refused')
            return refused(request, userRolesRefusal(outcome.reason, outcome.privileges))
          const user = await findAccountUser(tx, actor, params.userId)
          if (!user) return refused(request, absent)
          return { status: 200, body: user, etag: userEtag(user) }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.removeUser.method,
      url: endpoints.removeUser.path,
      config: { access: 'remove-user', condition },
      schema: {
        tags,
        summary: 'Remove a user from this account, with their sessions and tokens there',
        params: accountUserParams,
        response: { 200: removedUser, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await removeUser(tx, actor, params.userId, now)
          if (outcome.kind === 'absent') return refused(request, absent)
          if (outcome.kind === 'refused') return refused(request, userRolesRefusal(outcome.reason))
          const { kind: _kind, ...body } = outcome
          return { status: 200, body }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.unlockUser.method,
      url: endpoints.unlockUser.path,
      config: { access: 'unlock-user', condition },
      // An administrator who lifts the lock again and again helps somebody to guess.
      preHandler: limitRequests(app, {
        max: 10,
        timeWindow: '1 hour',
        keyOf: ({ params }) => accountUserParams.parse(params).userId.toLowerCase(),
        code: 'too-many-unlocks',
        tooMany: "This user's lock was lifted too often",
      }),
      schema: {
        tags,
        summary: "Lift a user's lock after too many bad sign-ins",
        params: accountUserParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) =>
          (await unlockUser(tx, actor, params.userId, now))
            ? { status: 204, body: null }
            : refused(request, absent),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.turnOffTwoStepOf.method,
      url: endpoints.turnOffTwoStepOf.path,
      config: { access: 'turn-off-two-step', condition },
      schema: {
        tags,
        summary:
          'Turn off the two-step sign-in of a user who cannot make codes any more, and end their sessions',
        params: accountUserParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const wanted = { ...params, tellsByMail: hasMailServer(deps.env) }
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await resetTwoStep(tx, actor, wanted, now)
          if (outcome.kind === 'absent') return refused(request, absent)
          if (outcome.kind === 'refused') return refused(request, turnOffRefusal(outcome.reason))
          return { status: 204, body: null }
        })
        return sendAnswer(reply, answer)
      },
    })
  }
