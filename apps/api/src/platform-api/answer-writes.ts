import type { FastifyRequest } from 'fastify'
import type { Deps } from '../platform/deps.ts'
import { matchesVersion } from '../platform/etag.ts'
import { type Answer, refused, write } from '../platform/idempotency.ts'
import { hasMailServer } from '../platform/mail-outbox.ts'
import { findObjects, unknownId } from './answer-reads.ts'
import type { PlatformAnswer } from './codec/answers.ts'
import type { Change, PlatformObject } from './objects/platform-object.ts'

/**
 * Runs one write as the console does: one transaction, one audit entry with it, and one effect for each
 * Idempotency-Key. The object is read anew in the same transaction, so the answer is what a GET would show.
 */
export function changeObject<Body>(
  deps: Deps,
  request: FastifyRequest,
  { object, change, id, body }: { object: PlatformObject; change: Change<Body>; id: string; body: Body },
): Promise<Answer> {
  const { actor } = request
  const isCurrent = (version: number) => matchesVersion(request, version)
  const urlOf = (path: string) => `${baseOf(deps, request)}${path}`
  const hasMail = hasMailServer(deps.env)
  return write(deps, request, async (tx, now) => {
    const written = await change.run({ tx, now, actor, id, body, isCurrent, urlOf, hasMail })
    if (written.kind === 'refused') return refused(request, written.refusal)
    if (written.kind === 'deleted') return answer({ kind: 'deleted' })

    const { reading } = object
    const context = { db: tx, actor, deps, purpose: 'get' } as const
    const [found] = reading
      ? await findObjects({ object: { ...object, reading }, deps }, context, [written.id])
      : []
    if (reading && !found) throw unknownId(object.shape, written.id)
    const value = found && !found.isGone ? found.value : {}
    return answer({ kind: 'object', value: { ...value, ...written.with } })
  })
}

const answer = (body: PlatformAnswer): Answer => ({ status: 200, body })

/** The address of this front for the account of the request. */
function baseOf({ env }: Deps, { protocol, host, url }: FastifyRequest): string {
  const front = /^.*?\/rest\/v1\/[^/?]+/.exec(url)?.[0] ?? ''
  return `${env.publicUrl?.replace(/\/$/, '') ?? `${protocol}://${host}`}${front}`
}
