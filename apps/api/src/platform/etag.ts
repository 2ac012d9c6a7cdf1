import type { FastifyRequest } from 'fastify'

export const etagOf = (version: number) => `"${version}"`

/** Is the caller's copy still the current one? Without an `If-Match` header everything matches. */
export function matchesVersion(request: FastifyRequest, version: number): boolean {
  const expected = request.headers['if-match']
  if (expected === undefined || expected.trim() === '*') return true
  return expected.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(version))
}
