import { randomBytes } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { signInAs } from '../people.ts'
import type { TestApp } from '../test-app.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'

type Sent = {
  /** An object as JSON, or text as it is. */
  body?: unknown
  accept?: 'json' | 'xml'
  headers?: Record<string, string>
}

/** Calls the Platform API as a script with an API token would. */
export function platformCaller(
  { app }: Pick<TestApp, 'app'>,
  {
    accountId,
    authorization,
    base = '/api/rest/v1',
  }: { accountId: string; authorization?: string; base?: string },
) {
  return (method: 'GET' | 'POST' | 'DELETE', path: string, { body, accept, headers }: Sent = {}) => {
    const isText = typeof body === 'string'
    const request: InjectOptions = {
      method,
      url: `${base}/${accountId}${path}`,
      headers: {
        ...(authorization && { authorization }),
        ...(accept && { accept: `application/${accept}` }),
        ...(body !== undefined && {
          'content-type':
            isText && body.startsWith('<') ? 'application/xml' : isText ? 'text/plain' : 'application/json',
        }),
        ...headers,
      },
      ...(body !== undefined && { payload: isText ? body : JSON.stringify(body) }),
    }
    return app.inject(request)
  }
}

export const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** Somebody with an API token, and their script. */
export async function createScript(
  test: TestApp,
  person: Parameters<typeof signInAs>[1],
): Promise<
  Awaited<ReturnType<typeof signInAs>> & { authorization: string; send: ReturnType<typeof platformCaller> }
> {
  const signedIn = await signInAs(test, { role: 'administrator', ...person })
  const secret = newToken()
  await test.db.apiToken.create({
    data: {
      userId: signedIn.userId,
      accountId: person.accountId,
      name: `token ${randomBytes(3).toString('hex')}`,
      tokenHash: hashToken(secret),
    },
  })
  const authorization = basic(`BOOMI_TOKEN.${signedIn.email}`, secret)
  return {
    ...signedIn,
    authorization,
    send: platformCaller(test, { accountId: person.accountId, authorization }),
  }
}
