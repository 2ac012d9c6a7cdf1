import { join } from 'node:path'

const client = { id: 'packline', secret: 'a secret of the journeys' }
const file = join(import.meta.dirname, '../../apps/api/src/test/openid-provider-process.ts')

/**
 * The OpenID provider of this run. It goes by another host name than the servers, so that to the browser it is another
 * site, as a provider is. The port is chosen once, as those of the servers are.
 */
export function signOnProvider(port: () => number, serverUrl: string) {
  process.env['PACKLINE_E2E_PROVIDER_PORT'] ??= String(port())
  const chosen = process.env['PACKLINE_E2E_PROVIDER_PORT']
  const url = `http://localhost:${chosen}`
  const redirectUri = `${serverUrl}/api/v1/session/single-sign-on/return`
  return {
    name: 'provider',
    command: [process.execPath, file, client.id, client.secret, redirectUri, 'userinfo', 'localhost', chosen]
      .map((part) => `'${part}'`)
      .join(' '),
    url: `${url}/.well-known/openid-configuration`,
    /** What a server is told that signs people in there. */
    settings: {
      PUBLIC_URL: serverUrl,
      OIDC_ISSUER: url,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_LABEL: 'Sign in with Example',
    },
  }
}
