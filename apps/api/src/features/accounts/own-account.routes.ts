import {
  accountView,
  editAccountBody,
  requireTwoStepBody,
  supportRoleChoice,
  twoStepRequirement,
} from '@packline/contract/accounts.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion, viewEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { hasMailServer } from '../../platform/mail-outbox.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { accountChanged, accountRefusal } from './accounts.refusals.ts'
import { editAccount, type EditAccountOutcome } from './edit-account.ts'
import { findOwnAccount, listSupportRoles } from './own-account.views.ts'
import { requireTwoStep } from './require-two-step.ts'
import { getTwoStepRequirement } from './two-step-requirement.views.ts'

const tags = ['Account']

/** The account one works in. */
export const ownAccountRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const tellsByMail = hasMailServer(deps.env)

    app.route({
      method: endpoints.getAccount.method,
      url: endpoints.getAccount.path,
      config: { access: 'view-account' },
      schema: {
        tags,
        summary: 'Get the account worked in, with its features',
        response: { 200: accountView, '4xx': problem },
      },
      handler: async ({ actor }, reply) => {
        const view = await findOwnAccount(deps.db, actor)
        return reply.header('etag', viewEtag(view)).send(view)
      },
    })

    app.route({
      method: endpoints.editAccount.method,
      url: endpoints.editAccount.path,
      config: { access: 'edit-account' },
      schema: {
        tags,
        summary: 'Change the name or the Support Access Role of the account worked in',
        body: editAccountBody,
        response: { 200: accountView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) =>
          ownAccountAnswer(tx, request, await editAccount(tx, actor, { change: body, isCurrent }, now)),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.getTwoStepRequirement.method,
      url: endpoints.getTwoStepRequirement.path,
      config: { access: 'require-two-step' },
      schema: {
        tags,
        summary: 'Whether the account requires two-step sign-in, and how many people have none yet',
        response: { 200: twoStepRequirement, '4xx': problem },
      },
      handler: ({ actor }) => getTwoStepRequirement(deps.db, actor, tellsByMail),
    })

    app.route({
      method: endpoints.requireTwoStep.method,
      url: endpoints.requireTwoStep.path,
      config: { access: 'require-two-step' },
      schema: {
        tags,
        summary: 'Require two-step sign-in of everybody who works in the account, or stop requiring it',
        body: requireTwoStepBody,
        response: { 200: accountView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const requirement = { ...body, isCurrent, tellsByMail }
        const answer = await write(deps, request, async (tx, now) =>
          ownAccountAnswer(tx, request, await requireTwoStep(tx, actor, requirement, now)),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.listSupportRoles.method,
      url: endpoints.listSupportRoles.path,
      config: { access: 'edit-account' },
      schema: {
        tags,
        summary: 'List the roles that can cap users who come through an account group',
        response: { 200: z.array(supportRoleChoice), '4xx': problem },
      },
      handler: ({ actor }) => listSupportRoles(deps.db, actor.accountId),
    })
  }

/** What a change of the account worked in is answered with: how it is now, or why nothing was changed. */
async function ownAccountAnswer(
  tx: Tx,
  request: FastifyRequest,
  outcome: EditAccountOutcome,
): Promise<Answer> {
  if (outcome.kind === 'refused') return refused(request, accountRefusal(outcome))
  const view = await findOwnAccount(tx, request.actor)
  if (outcome.kind === 'stale') return refused(request, { ...accountChanged(view), etag: viewEtag(view) })
  return { status: 200, body: view, etag: viewEtag(view) }
}
