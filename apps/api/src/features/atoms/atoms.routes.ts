import {
  addAtomBody,
  addedAtom,
  atomNodeParams,
  atomParams,
  atomToken,
  type AtomView,
  atomView,
  editAtomBody,
  servableAccounts,
  servableQuery,
  serveAccountsBody,
} from '@packline/contract/atoms.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import { installCommand } from '@packline/domain/atoms/install-command.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { loadAtoms } from '../../read-models/atom-nodes.ts'
import { addAtom } from './add-atom.ts'
import { atomChanged, atomRefusal } from './atoms.refusals.ts'
import { chooseServedAccounts } from './choose-served-accounts.ts'
import { editAtom } from './edit-atom.ts'
import { type IssuedToken, issueNewToken } from './issue-token.ts'
import { removeAtom } from './remove-atom.ts'
import { revokeNode } from './revoke-node.ts'
import { findServable } from './servable-accounts.views.ts'

const tags = ['Environments and Atoms']
const absent = notFound('Atom', 'atom-not-found').refusal

const atomEtag = (view: AtomView) =>
  factsEtag([view.name, view.environmentId, view.servedAccounts?.map(({ id }) => id)], view)

const condition = requireUnchanged({
  find: async (db, { actor, params }) =>
    (await loadAtoms(db, actor.accountId, { atomId: atomParams.parse(params).atomId }))[0],
  etagOf: atomEtag,
  rowsOf: ({ id, isForeignCloud }, { actor }) => [
    isForeignCloud
      ? { table: 'CloudAccount', where: { atomId: id, accountId: actor.accountId } }
      : { table: 'Atom', where: { id } },
  ],
  changed: atomChanged,
})

type Refused = { kind: 'absent' } | { kind: 'refused'; reason: Parameters<typeof atomRefusal>[0] }

const refuse = (request: FastifyRequest, outcome: Refused): Answer =>
  refused(request, outcome.kind === 'absent' ? absent : atomRefusal(outcome.reason))

async function atomAnswer(tx: Tx, { accountId }: Actor, atomId: string): Promise<Answer> {
  const [body] = await loadAtoms(tx, accountId, { atomId })
  if (!body) throw new Error(`Atom ${atomId} vanished in the transaction that changed it`)
  return { status: 200, body, etag: atomEtag(body) }
}

/** The Atoms of a managed account, and the tokens with which their nodes register. */
export const atomRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    /** The token is shown once: a repeated request gets the same answer without it. */
    function tokenAnswer(request: FastifyRequest, name: string, { token, expiresAt }: IssuedToken) {
      const url = deps.env.publicUrl ?? `${request.protocol}://${request.host}`
      const command = installCommand({ url, token, atomName: name })
      const shown = { expiresAt: expiresAt.toISOString() }
      return { once: { ...shown, token, command }, repeated: { ...shown, token: null, command: null } }
    }

    app.route({
      method: endpoints.getAtom.method,
      url: endpoints.getAtom.path,
      config: { access: 'view-environments' },
      schema: {
        tags,
        summary: 'Read an Atom with its nodes',
        params: atomParams,
        response: { 200: atomView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const [atom] = await loadAtoms(deps.db, actor.accountId, params)
        if (!atom) throw notFound('Atom', 'atom-not-found')
        return reply.header('etag', atomEtag(atom)).send(atom)
      },
    })

    app.route({
      method: endpoints.addAtom.method,
      url: endpoints.addAtom.path,
      config: { access: 'add-atom' },
      schema: {
        tags,
        summary: 'Add an Atom; answers with the command that installs it',
        body: addAtomBody,
        response: { 201: addedAtom, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await addAtom(tx, request.actor, request.body, now)
          if (outcome.kind === 'refused') return refuse(request, outcome)
          const [atom] = await loadAtoms(tx, request.actor.accountId, { atomId: outcome.atomId })
          const { once, repeated } = tokenAnswer(request, outcome.name, outcome)
          return { status: 201, body: { atom, ...once }, repeatedBody: { atom, ...repeated } }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.newAtomToken.method,
      url: endpoints.newAtomToken.path,
      config: { access: 'add-atom', condition },
      schema: {
        tags,
        summary: 'Get a one-time token for another node, or to install an Atom anew',
        params: atomParams,
        response: { 201: atomToken, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await issueNewToken(tx, request.actor, request.params.atomId, now)
          if (outcome.kind !== 'issued') return refuse(request, outcome)
          const { once, repeated } = tokenAnswer(request, outcome.name, outcome)
          return { status: 201, body: once, repeatedBody: repeated }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editAtom.method,
      url: endpoints.editAtom.path,
      config: { access: 'edit-atom', condition },
      schema: {
        tags,
        summary: 'Rename an Atom, or move it to another environment',
        params: atomParams,
        body: editAtomBody,
        response: { 200: atomView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editAtom(tx, actor, { ...params, ...body }, now)
          if (outcome.kind !== 'edited') return refuse(request, outcome)
          return atomAnswer(tx, actor, params.atomId)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.listServable.method,
      url: endpoints.listServable.path,
      config: { access: 'serve-accounts' },
      schema: {
        tags,
        summary: 'Find managed accounts that an Atom Cloud may serve',
        params: atomParams,
        querystring: servableQuery,
        response: { 200: servableAccounts, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        const outcome = await findServable(deps.db, actor.accountId, { ...params, ...query })
        if (outcome.kind === 'absent') throw notFound('Atom', 'atom-not-found')
        if (outcome.kind === 'refused') throw new RequestRefused(atomRefusal(outcome.reason))
        return { accounts: outcome.accounts, isMore: outcome.isMore }
      },
    })

    app.route({
      method: endpoints.serveAccounts.method,
      url: endpoints.serveAccounts.path,
      config: { access: 'serve-accounts', condition },
      schema: {
        tags,
        summary: 'Choose the managed accounts that an Atom Cloud serves',
        params: atomParams,
        body: serveAccountsBody,
        response: { 200: atomView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await chooseServedAccounts(tx, actor, { ...params, ...body }, now)
          if (outcome.kind !== 'chosen') return refuse(request, outcome)
          return atomAnswer(tx, actor, params.atomId)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.removeAtom.method,
      url: endpoints.removeAtom.path,
      config: { access: 'remove-atom', condition },
      schema: {
        tags,
        summary: 'Remove an Atom; its credentials end',
        params: atomParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await removeAtom(tx, request.actor, request.params.atomId, now)
          return outcome.kind === 'removed' ? { status: 204, body: null } : refuse(request, outcome)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.revokeNode.method,
      url: endpoints.revokeNode.path,
      config: { access: 'remove-atom', condition },
      schema: {
        tags,
        summary: 'End the credential of one node of an Atom',
        params: atomNodeParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await revokeNode(tx, request.actor, request.params, now)
          return outcome.kind === 'revoked' ? { status: 204, body: null } : refuse(request, outcome)
        })
        return sendAnswer(reply, answer)
      },
    })
  }
