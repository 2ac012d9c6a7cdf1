import * as openid from 'openid-client'
import type { Env } from './env.ts'

/** What is kept between the two halves of a sign-in. */
export type SignOnSecrets = { state: string; nonce: string; codeVerifier: string }

/** Names as the provider has them, which may be none. */
export type Identity = { email: string; firstName: string; lastName: string }

export type SignOnAnswer =
  | ({ kind: 'identified'; isEmailVerified: boolean } & Identity)
  /** The person said no there; it answered with what does not belong to this sign-in; it did not answer. */
  | { kind: 'refused'; reason: 'cancelled' | 'failed' | 'unavailable'; cause: unknown }

export type OpenIdProvider = {
  /**
   * Where to send the browser, with what has to come back; refused when the provider cannot be asked. `asAnother` has the
   * provider ask who is there, whomever it remembers.
   */
  begin: (options: {
    asAnother: boolean
  }) => Promise<{ kind: 'begun'; url: URL; secrets: SignOnSecrets } | { kind: 'refused'; cause: unknown }>
  /** Who came back: `query` is what the browser brought from the provider. */
  finish: (query: URLSearchParams, secrets: SignOnSecrets) => Promise<SignOnAnswer>
}

const patienceSeconds = 10

/**
 * The OpenID provider of this installation: authorization code with PKCE, state and nonce. What it says about itself is
 * read at the first sign-in and kept; a provider that is down when Packline starts stops nobody else.
 */
export function createOpenIdProvider(
  { issuer, clientId, clientSecret }: NonNullable<Env['oidc']>,
  redirectUri: URL,
): OpenIdProvider {
  let discovered: Promise<openid.Configuration> | undefined
  const configuration = () => {
    discovered ??= openid
      .discovery(new URL(issuer), clientId, clientSecret, clientAuthentication(clientSecret), {
        timeout: patienceSeconds,
        // Only a provider on this very machine may go without a certificate: the configuration refuses others.
        // oxlint-disable-next-line typescript/no-deprecated -- nothing replaces it: the library marks it so that nobody uses it unawares.
        execute: issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        discovered = undefined
        throw error
      })
    return discovered
  }

  return {
    begin: async ({ asAnother }) => {
      const secrets = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        codeVerifier: openid.randomPKCECodeVerifier(),
      }
      try {
        const url = openid.buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri.href,
          scope: 'openid email profile',
          state: secrets.state,
          nonce: secrets.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(secrets.codeVerifier),
          code_challenge_method: 'S256',
          ...(asAnother && { prompt: 'login' }),
        })
        return { kind: 'begun', url, secrets }
      } catch (error) {
        return { kind: 'refused', cause: error }
      }
    },
    finish: async (query, { state, nonce, codeVerifier }) => {
      try {
        const answered = new URL(redirectUri)
        answered.search = query.toString()
        const config = await configuration()
        const tokens = await openid.authorizationCodeGrant(config, answered, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        })
        return await identify(config, tokens)
      } catch (error) {
        return { kind: 'refused', reason: reasonOf(error), cause: error }
      }
    },
  }
}

type Tokens = Awaited<ReturnType<typeof openid.authorizationCodeGrant>>

/** Some providers put the address into the ID token, others only answer it when asked. */
async function identify(config: openid.Configuration, tokens: Tokens): Promise<SignOnAnswer> {
  const claims = tokens.claims()
  if (!claims) throw new Error('The provider sent no ID token')
  const told =
    claims['email'] === undefined
      ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
      : claims
  return {
    kind: 'identified',
    email: textOf(told.email),
    isEmailVerified: told.email_verified === true,
    firstName: textOf(told.given_name),
    lastName: textOf(told.family_name),
  }
}

const textOf = (claim: unknown) => (typeof claim === 'string' ? claim : '')

/** With the secret in the body or in a header, as the provider says it likes. */
function clientAuthentication(clientSecret: string): openid.ClientAuth {
  const inBody = openid.ClientSecretPost(clientSecret)
  const inHeader = openid.ClientSecretBasic(clientSecret)
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const choose = methods.includes('client_secret_basic') ? inHeader : inBody
    choose(server, ...rest)
  }
}

function reasonOf(error: unknown) {
  if (error instanceof openid.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'cancelled' : 'failed'
  }
  const isAway =
    error instanceof TypeError ||
    (error instanceof openid.ClientError && awayCodes.has(error.code ?? '')) ||
    (error instanceof openid.ResponseBodyError && error.status >= 500)
  return isAway ? 'unavailable' : 'failed'
}

/** No answer in time, or none that a working provider gives. */
const awayCodes = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
])
