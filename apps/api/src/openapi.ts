import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { inPersonActions } from '@packline/domain/access/actions.ts'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Access } from './platform/actor.ts'
import { withoutCondition, withoutKey } from './write-headers.ts'

/** How the console's API is described: who may call each route by which means, and with which headers. */
export const openApi: FastifyDynamicSwaggerOptions = {
  openapi: {
    info: { title: 'Packline', version: '1', description: 'The API of the Packline console.' },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'packline' },
        token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
        basicToken: {
          type: 'http',
          scheme: 'basic',
          description: 'BOOMI_TOKEN.<e-mail> as the user and an API token as the password.',
        },
      },
    },
    security: [{ session: [] }, { token: [] }, { basicToken: [] }],
  },
  transform: (described) => {
    const { schema, url } = jsonSchemaTransform(described)
    const { config, method } = described.route
    const headers = [method].flat().includes('GET') ? {} : headersOf(`${String(method)} ${pathOf(url)}`)
    const security = securityOf(config?.access)
    return {
      url,
      schema: {
        ...schema,
        ...(Object.keys(headers).length > 0 && { headers: { type: 'object', properties: headers } }),
        ...(security && { security }),
      },
    }
  },
}

const pathOf = (url: string) => url.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')

const text = (description: string, more: { minLength?: number; maxLength?: number } = {}) => ({
  type: 'string',
  description,
  ...more,
})

const headersOf = (route: string) => ({
  'X-Packline-Request': text('1; not needed with a token. No other site can make a browser send it.'),
  ...(!(route in withoutKey) && {
    'Idempotency-Key': text('The same request under the same key is carried out once and answered alike.', {
      minLength: 8,
      maxLength: 200,
    }),
  }),
  ...(!(route in withoutCondition) && {
    'If-Match': text('The ETag of what you have seen: refused with 412 when it has changed since.'),
  }),
})

/** Other than by all means: for anybody, or for people only. */
function securityOf(access: Access | undefined) {
  if (access === 'public') return []
  const isInPerson =
    access === 'signed-in' || (access !== undefined && access !== 'atom' && inPersonActions.has(access))
  return isInPerson ? [{ session: [] }] : undefined
}
