import type { FastifyRequest } from 'fastify'

/** What opens something although it stands in an address: an answer of single sign-on, and a calendar's own key. */
const secretsInAddresses = [/([?&](?:code|state)=)[^&]*/g, /(\/notice-calendars\/)[^/?]+/g]

/** What the log says of a request: of an address everything but what opens something. */
export const loggedRequest = ({
  method,
  url,
  host,
  ip,
}: Pick<FastifyRequest, 'method' | 'url' | 'host' | 'ip'>) => ({
  method,
  url: secretsInAddresses.reduce((text, pattern) => text.replaceAll(pattern, '$1…'), url),
  host,
  remoteAddress: ip,
})

/** Headers that open something, wherever a log line has a request or an answer. */
export const redactedHeaders = [
  'req.headers.cookie',
  'req.headers.authorization',
  'res.headers["set-cookie"]',
]
