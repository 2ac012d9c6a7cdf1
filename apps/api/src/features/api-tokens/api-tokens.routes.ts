import {
  createdToken,
  createTokenBody,
  tokenParams,
  type TokenView,
  tokenView,
} from '@packline/contract/api-tokens.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { isPrivilege } from '@packline/domain/access/privileges.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { notFound, type Refusal, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { scopeNotHeld, tokenChanged, tokenRefusals } from './api-tokens.refusals.ts'
import { findOwnToken, listOwnTokens } from './api-tokens.views.ts'
import { createToken, type CreateTokenOutcome } from './create-token.ts'
import { revokeToken } from './revoke-token.ts'

const tags = ['API tokens']
const absent = notFound('API token', 'token-not-found').refusal

const tokenEtag = (view: TokenView) => factsEtag([view.name, view.scopes, view.expiresAt], view)

const condition = requireUnchanged({
  find: (db, { actor, params }) => findOwnToken(db, actor.userId, tokenParams.parse(params).tokenId),
  etagOf: tokenEtag,
  rowsOf: ({ id }) => [{ table: 'ApiToken', where: { id } }],
  changed: tokenChanged,
})

/**
 * Settings > User Information > API tokens. Making one needs API Access; seeing and revoking one's own does not, so that
 * nobody is kept from ending a token that leaked.
 */
export const apiTokenRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listTokens.method,
      url: endpoints.listTokens.path,
      config: { access: 'manage-own-profile' },
      schema: {
        tags,
        summary: 'Your own API tokens, in all your accounts',
        response: { 200: z.array(tokenView), '4xx': problem },
      },
      handler: ({ actor }) => listOwnTokens(deps.systemDb, actor.userId),
    })

    app.route({
      method: endpoints.getToken.method,
      url: endpoints.getToken.path,
      config: { access: 'manage-own-profile' },
      schema: {
        tags,
        summary: 'Read one of your own API tokens',
        params: tokenParams,
        response: { 200: tokenView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const token = await findOwnToken(deps.systemDb, actor.userId, params.tokenId)
        if (!token) throw new RequestRefused(absent)
        return reply.header('etag', tokenEtag(token)).send(token)
      },
    })

    app.route({
      method: endpoints.createToken.method,
      url: endpoints.createToken.path,
      config: { access: 'manage-own-tokens' },
      schema: {
        tags,
        summary: 'Make an API token for this account; only this answer has it',
        body: createTokenBody,
        response: { 201: createdToken, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const scopes = body.scopes && knownScopes(body.scopes)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createToken(tx, actor, now, { ...body, scopes })
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          const apiToken = await findOwnToken(tx, actor.userId, outcome.tokenId)
          if (!apiToken) throw new Error(`Token ${outcome.tokenId} vanished in the transaction that made it`)
          const { token } = outcome
          return {
            status: 201,
            body: { token, apiToken },
            repeatedBody: { token: null, apiToken },
            etag: tokenEtag(apiToken),
          }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.revokeToken.method,
      url: endpoints.revokeToken.path,
      config: { access: 'manage-own-profile', condition },
      schema: {
        tags,
        summary: 'Revoke an API token; it ends at once',
        params: tokenParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        // One's own tokens are in all the accounts one works in.
        const answer = await write({ db: deps.systemDb }, request, async (tx, now) =>
          (await revokeToken(tx, request.actor, now, request.params.tokenId))
            ? { status: 204, body: null }
            : refused(request, absent),
        )
        return sendAnswer(reply, answer)
      },
    })
  }

function knownScopes(names: readonly string[]) {
  if (names.every(isPrivilege)) return names
  throw new RequestRefused({ code: 'token-scope-unknown', ...tokenRefusals['token-scope-unknown'] })
}

function refusalFor(outcome: Extract<CreateTokenOutcome, { kind: 'refused' }>): Refusal {
  return outcome.reason === 'token-scope-not-held'
    ? scopeNotHeld(outcome.lacking)
    : { code: outcome.reason, ...tokenRefusals[outcome.reason] }
}
