// A real OpenID provider as a process of its own. Whoever is sent to it is signed in as the `as` of the address that the
// test's browser goes on with, a real browser is asked for it; people whose address begins with "unverified" have not
// confirmed it.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import { z } from 'zod'

/** Where the provider tells the address: in the ID token, or only when it is asked. */
export type ClaimsAt = 'id-token' | 'userinfo'

const [clientId, clientSecret, redirectUri, claimsAt, host = '127.0.0.1', wishedPort = '0'] = z
  .tuple([z.string(), z.string(), z.string(), z.enum(['id-token', 'userinfo'])])
  .rest(z.string())
  .parse(process.argv.slice(2))

const question = `<!doctype html><html lang="en"><title>Example</title><link rel="icon" href="data:,">
  <form><label>Address <input name="as"></label><button>Go on</button></form>`

const server = createServer()
server.listen(Number(wishedPort), host, () => {
  const address = z.object({ port: z.number() }).parse(server.address())
  const issuer = `http://${host}:${address.port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
    conformIdTokenClaims: claimsAt === 'userinfo',
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({
        sub,
        email: sub,
        email_verified: !sub.startsWith('unverified'),
        given_name: 'Grace',
        family_name: 'Hopper',
      }),
    }),
    loadExistingGrant: async ({ oidc }: { oidc: { session: { accountId: string } } }) => {
      const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    if (!url.pathname.startsWith('/interaction/')) return answer(request, response)
    const accountId = url.searchParams.get('as')
    if (accountId === null && request.headers.accept?.includes('text/html')) {
      return response.setHeader('content-type', 'text/html').end(question)
    }
    const result =
      accountId === null
        ? { error: 'access_denied', error_description: 'The person said no' }
        : { login: { accountId } }
    void provider.interactionFinished(request, response, result)
  })
  process.stdout.write(`provider at ${issuer}\n`)
})
