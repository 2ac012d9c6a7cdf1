import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

const digestOf = (value: unknown, length: number) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, length)

export const etagOf = (version: number) => `"${version}"`

/**
 * The tag of a view that shows more than its object's version covers, such as progress or newer packages elsewhere:
 * `"<version>.<digest>"`. It changes with every visible change; for `If-Match` only the version counts.
 */
export const viewEtag = (view: { version: number }): string => `"${view.version}.${digestOf(view, 16)}"`

/**
 * The same for what has no version of its own: in its place stands a digest of those facts that somebody decides on, so
 * that nobody is refused because an Atom was heard from meanwhile.
 */
export const factsEtag = (facts: readonly unknown[], view: unknown): string =>
  `"${digestOf(facts, 22)}.${digestOf(view, 16)}"`

/** Is the caller's copy still the current one? Without an `If-Match` header everything matches. */
export const matchesVersion = (request: FastifyRequest, version: number): boolean =>
  matchesEtag(request, etagOf(version))

/** As `matchesVersion`, for any of the tags above. */
export function matchesEtag(request: FastifyRequest, etag: string): boolean {
  const expected = request.headers['if-match']
  if (expected === undefined || expected.trim() === '*') return true
  return tagsOf(expected).some((tag) => decisivePart(tag) === decisivePart(etag))
}

/** Has the caller, by its `If-None-Match`, what this tag stands for? Then 304 is the answer. */
export function hasAlready(request: FastifyRequest, etag: string): boolean {
  const known = request.headers['if-none-match']
  return known !== undefined && tagsOf(known).includes(etag)
}

const decisivePart = (tag: string) => tag.replace(/\.[\w-]+"$/, '"')
const tagsOf = (header: string) => header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
