import {
  createManagedAccountBody,
  editManagedAccountBody,
  managedAccountPage,
  managedAccountParams,
  managedAccountQuery,
  managedAccountView,
} from '@packline/contract/accounts.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion, viewEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound, type Refusal } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { accountRefusal, accountChanged } from './accounts.refusals.ts'
import { findManagedAccount, listManagedAccounts } from './accounts.views.ts'
import { createAccount } from './create-account.ts'
import { editManagedAccount, type EditManagedAccountOutcome } from './edit-managed-account.ts'
import { reactivateAccount, suspendAccount } from './suspend-account.ts'

const tags = ['Accounts']
const absent = notFound('account')

async function accountAnswer(
  tx: Tx,
  actor: Actor,
  accountId: string,
  status: 200 | 201 = 200,
): Promise<Answer> {
  const body = await findManagedAccount(tx, actor.accountId, accountId)
  if (!body) throw new Error(`Account ${accountId} vanished in the transaction that changed it`)
  return { status, body, etag: viewEtag(body) }
}

/** What a change answers: the account as it is now, or why it stays as it was. */
async function changeAnswer(
  tx: Tx,
  request: FastifyRequest,
  accountId: string,
  outcome: EditManagedAccountOutcome,
): Promise<Answer> {
  if (outcome.kind === 'saved') return accountAnswer(tx, request.actor, accountId)
  return refused(request, await refusalOf(tx, request.actor, accountId, outcome))
}

async function refusalOf(
  tx: Tx,
  { accountId: scope }: Actor,
  accountId: string,
  outcome: Exclude<EditManagedAccountOutcome, { kind: 'saved' }>,
): Promise<Refusal> {
  if (outcome.kind === 'refused') return accountRefusal(outcome)
  const current = outcome.kind === 'stale' ? await findManagedAccount(tx, scope, accountId) : undefined
  return current ? { ...accountChanged(current), etag: viewEtag(current) } : absent.refusal
}

/** The accounts that a primary account manages. */
export const managedAccountRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listManagedAccounts.method,
      url: endpoints.listManagedAccounts.path,
      config: { access: 'view-managed-accounts' },
      schema: {
        tags,
        summary: 'List the managed accounts, by page',
        querystring: managedAccountQuery,
        response: { 200: managedAccountPage, '4xx': problem },
      },
      handler: ({ actor, query }) => listManagedAccounts(deps.db, actor.accountId, query),
    })

    app.route({
      method: endpoints.getManagedAccount.method,
      url: endpoints.getManagedAccount.path,
      config: { access: 'view-managed-accounts' },
      schema: {
        tags,
        summary: 'Get a managed account with its features and groups',
        params: managedAccountParams,
        response: { 200: managedAccountView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const view = await findManagedAccount(deps.db, actor.accountId, params.accountId)
        if (!view) throw absent
        return reply.header('etag', viewEtag(view)).send(view)
      },
    })

    app.route({
      method: endpoints.createManagedAccount.method,
      url: endpoints.createManagedAccount.path,
      config: { access: 'create-managed-account' },
      schema: {
        tags,
        summary: 'Create a managed account',
        body: createManagedAccountBody,
        response: { 201: managedAccountView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createAccount(tx, request.actor, request.body, now)
          return outcome.kind === 'created'
            ? accountAnswer(tx, request.actor, outcome.accountId, 201)
            : refused(request, accountRefusal(outcome))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editManagedAccount.method,
      url: endpoints.editManagedAccount.path,
      config: { access: 'edit-managed-account' },
      schema: {
        tags,
        summary: 'Change a managed account',
        params: managedAccountParams,
        body: editManagedAccountBody,
        response: { 200: managedAccountView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body, params } = request
        const target = {
          ...params,
          isCurrent: (version: number) => matchesVersion(request, version),
          change: body,
        }
        const answer = await write(deps, request, async (tx, now) =>
          changeAnswer(tx, request, params.accountId, await editManagedAccount(tx, actor, target, now)),
        )
        return sendAnswer(reply, answer)
      },
    })

    for (const [endpoint, act, summary] of [
      ['suspendAccount', suspendAccount, 'Suspend a managed account'],
      ['reactivateAccount', reactivateAccount, 'Reactivate a suspended account'],
    ] as const) {
      app.route({
        method: endpoints[endpoint].method,
        url: endpoints[endpoint].path,
        config: { access: 'edit-managed-account' },
        schema: {
          tags,
          summary,
          params: managedAccountParams,
          response: { 200: managedAccountView, '4xx': problem },
        },
        handler: async (request, reply) => {
          const { actor, params } = request
          const target = { ...params, isCurrent: (version: number) => matchesVersion(request, version) }
          const answer = await write(deps, request, async (tx, now) =>
            changeAnswer(tx, request, params.accountId, await act(tx, actor, target, now)),
          )
          return sendAnswer(reply, answer)
        },
      })
    }
  }
