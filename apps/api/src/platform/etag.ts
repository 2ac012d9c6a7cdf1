import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

export const etagOf = (version: number) => `"${version}"`

/**
 * The tag of a view that shows more than its object's version covers, such as progress or newer packages elsewhere:
 * `"<version>.<digest>"`. It changes with every visible change; for `If-Match` only the version counts.
 */
export function viewEtag(view: { version: number }): string {
  const digest = createHash('sha256').update(JSON.stringify(view)).digest('base64url')
  return `"${view.version}.${digest.slice(0, 16)}"`
}

/** Is the caller's copy still the current one? Without an `If-Match` header everything matches. */
export function matchesVersion(request: FastifyRequest, version: number): boolean {
  const expected = request.headers['if-match']
  if (expected === undefined || expected.trim() === '*') return true
  return tagsOf(expected).some((tag) => tag.replace(/\.[\w-]+"$/, '"') === etagOf(version))
}

/** Has the caller, by its `If-None-Match`, what this tag stands for? Then 304 is the answer. */
export function hasAlready(request: FastifyRequest, etag: string): boolean {
  const known = request.headers['if-none-match']
  return known !== undefined && tagsOf(known).includes(etag)
}

/** The tag of something without a version of its own: of what it consists. */
export const contentEtag = (parts: readonly string[]): string =>
  `"${createHash('sha256').update(JSON.stringify(parts.toSorted())).digest('base64url').slice(0, 22)}"`

/** As `matchesVersion`, for what has a `contentEtag`. */
export function matchesContent(request: FastifyRequest, parts: readonly string[]): boolean {
  const expected = request.headers['if-match']
  if (expected === undefined || expected.trim() === '*') return true
  return tagsOf(expected).includes(contentEtag(parts))
}

const tagsOf = (header: string) => header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
