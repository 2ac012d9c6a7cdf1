import type { LightMyRequestResponse } from 'fastify'

/** The session token a response gives to the browser. */
export function readSessionToken(response: LightMyRequestResponse): string {
  const cookie = response.cookies.find(({ name }) => name.endsWith('packline'))
  if (!cookie?.value) throw new Error(`No session cookie in ${response.statusCode} ${response.body}`)
  return cookie.value
}
