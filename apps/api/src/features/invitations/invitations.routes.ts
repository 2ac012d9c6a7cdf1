import { endpoints } from '@packline/contract/endpoints.ts'
import {
  invitationList,
  invitationParams,
  invitationQuery,
  type InvitationView,
  invitationView,
  inviteBody,
  sentInvitation,
} from '@packline/contract/invitations.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { limitRequests } from '../../platform/limit-requests.ts'
import { mailLinkBase } from '../../platform/mail-links.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { inviteUser } from './invite-user.ts'
import { invitationChanged, inviteRefusal } from './invitations.refusals.ts'
import { findInvitation, listInvitations } from './invitations.views.ts'
import { renewInvitation } from './renew-invitation.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

const tags = ['Users of the account']
const absent = notFound('invitation').refusal

const invitationEtag = (view: InvitationView) =>
  factsEtag([view.email, view.roles.map(({ id }) => id), view.expiresAt], view)

const condition = requireUnchanged({
  find: (db, { actor, params }) =>
    findInvitation(db, actor.accountId, invitationParams.parse(params).invitationId),
  etagOf: invitationEtag,
  rowsOf: ({ id }, { actor }) => [
    { table: 'Account', where: { id: actor.accountId } },
    { table: 'Invitation', where: { id } },
  ],
  changed: invitationChanged,
})

/** Invitations to the account, as its administrators send and withdraw them. */
export const invitationRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const linkBase = mailLinkBase(deps.env)
    // Each is a mail to somebody who may not have asked for it.
    const preHandler = limitRequests(app, {
      max: 200,
      timeWindow: '1 hour',
      keyOf: ({ actor }) => actor.accountId,
      code: 'too-many-invitations',
      tooMany: 'This account has sent very many invitations within an hour',
    })

    app.route({
      method: endpoints.listInvitations.method,
      url: endpoints.listInvitations.path,
      config: { access: 'view-users' },
      schema: {
        tags,
        summary: 'List invitations that nobody has accepted yet',
        querystring: invitationQuery,
        response: { 200: invitationList, '4xx': problem },
      },
      handler: ({ actor, query }) => listInvitations(deps.db, actor.accountId, query),
    })

    app.route({
      method: endpoints.getInvitation.method,
      url: endpoints.getInvitation.path,
      config: { access: 'view-users' },
      schema: {
        tags,
        summary: 'Read an invitation that nobody has accepted yet',
        params: invitationParams,
        response: { 200: invitationView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const invitation = await findInvitation(deps.db, actor.accountId, params.invitationId)
        if (!invitation) throw new RequestRefused(absent)
        return reply.header('etag', invitationEtag(invitation)).send(invitation)
      },
    })

    app.route({
      method: endpoints.inviteUser.method,
      url: endpoints.inviteUser.path,
      config: { access: 'invite-user' },
      preHandler,
      schema: {
        tags,
        summary: 'Invite somebody to this account by e-mail',
        body: inviteBody,
        response: { 201: sentInvitation, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await inviteUser(tx, request.actor, { ...request.body, linkBase }, now)
          return outcome.kind === 'refused'
            ? refused(request, inviteRefusal(outcome.reason, outcome.privileges))
            : sentAnswer(tx, request, outcome, 201)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.resendInvitation.method,
      url: endpoints.resendInvitation.path,
      config: { access: 'invite-user', condition },
      preHandler,
      schema: {
        tags,
        summary: 'Send an invitation again, with a new link',
        params: invitationParams,
        response: { 201: sentInvitation, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { invitationId } = request.params
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await renewInvitation(tx, request.actor, { invitationId, linkBase }, now)
          if (outcome.kind === 'absent') return refused(request, absent)
          return outcome.kind === 'refused'
            ? refused(request, inviteRefusal(outcome.reason, outcome.privileges))
            : sentAnswer(tx, request, { invitationId, link: outcome.link }, 201)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.withdrawInvitation.method,
      url: endpoints.withdrawInvitation.path,
      config: { access: 'invite-user', condition },
      schema: {
        tags,
        summary: 'Withdraw an invitation; its link opens nothing any more',
        params: invitationParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) =>
          (await withdrawInvitation(tx, actor, params.invitationId, now))
            ? { status: 204, body: null }
            : refused(request, absent),
        )
        return sendAnswer(reply, answer)
      },
    })
  }

/** The link is in the answer once; who repeats the request is not shown it again. */
async function sentAnswer(
  tx: Tx,
  request: FastifyRequest,
  { invitationId, link }: { invitationId: string; link: string | null },
  status: 201,
): Promise<Answer> {
  const invitation = await findInvitation(tx, request.actor.accountId, invitationId)
  if (!invitation) return refused(request, absent)
  const body = { invitation, isMailed: link === null }
  return {
    status,
    body: { ...body, link },
    repeatedBody: { ...body, link: null },
    etag: invitationEtag(invitation),
  }
}
