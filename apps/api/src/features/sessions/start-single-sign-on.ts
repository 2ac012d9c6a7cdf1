import type { Database } from '@packline/database/client.ts'
import type { OpenIdProvider } from '../../platform/openid-provider.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { insertSignOn } from './single-sign-on.store.ts'

export type StartSignOnOutcome =
  | { kind: 'started'; url: URL; token: string }
  /** The provider is away. */
  | { kind: 'refused'; cause: unknown }

/** Where to send the browser, and the cookie that it brings back from there. */
export async function startSingleSignOn(
  db: Database,
  provider: OpenIdProvider,
  {
    returnTo,
    asAnother,
    formerToken,
  }: { returnTo: string; asAnother: boolean; formerToken: string | undefined },
): Promise<StartSignOnOutcome> {
  const begun = await provider.begin({ asAnother })
  if (begun.kind === 'refused') return begun
  const { url, secrets } = begun
  const token = newToken()
  const formerTokenHash = formerToken === undefined ? undefined : hashToken(formerToken)
  await insertSignOn(db, hashToken(token), { ...secrets, returnTo, formerTokenHash })
  return { kind: 'started', url, token }
}
