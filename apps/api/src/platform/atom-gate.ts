import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findNode } from './atom-lookup.ts'
import type { AtomActor, AtomScope } from './actor.ts'
import type { Deps } from './deps.ts'
import { RequestRefused } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Which node calls, once its credential was accepted. Only on routes for Atoms. */
    atom: AtomActor
  }
}

/**
 * The gate of the Atoms' routes: a credential of their own in the Authorization header, never a cookie, so that no
 * browser can be made to call them. Read anew for every request, so that revoking works at once.
 */
export function guardAtomRoutes(app: FastifyInstance, { atomDb }: Deps) {
  const atoms = new WeakMap<FastifyRequest, AtomActor>()
  app.decorateRequest('atom', {
    getter() {
      const atom = atoms.get(this)
      if (!atom) throw new Error('The route did not ask the gate for an Atom')
      return atom
    },
  })

  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.access !== 'atom') return
    const credential = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
    const node = credential && (await findNode(atomDb, credential, request.ip))
    if (!node) throw new RequestRefused(credentialUnknown)
    // The one place that makes a scope of an Atom's id: its node's credential has just been checked.
    const atomId = node.atomId as AtomScope
    atoms.set(request, { ...node, atomId, requestId: request.id })
  })
}

export const credentialUnknown = {
  status: 401,
  code: 'credential-unknown',
  message: 'The credential is not known or was revoked. Install the Atom again with a new token.',
}
