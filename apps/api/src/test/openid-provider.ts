import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ClaimsAt } from './openid-provider-process.ts'
import { endWithTheFile } from './own-processes.ts'

const file = join(import.meta.dirname, 'openid-provider-process.ts')

export const client = { clientId: 'packline', clientSecret: 'a secret of the tests' }

/** Starts an OpenID provider that knows everybody; resolves with its issuer. */
export function startOpenIdProvider({ redirectUri, claimsAt }: { redirectUri: string; claimsAt: ClaimsAt }) {
  const child = endWithTheFile(
    spawn(process.execPath, [file, client.clientId, client.clientSecret, redirectUri, claimsAt], {
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  let output = ''
  const issuer = new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /provider at (\S+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', () => reject(new Error(`The provider ended:\n${output}`)))
  })
  return { issuer, stop: () => child.kill('SIGKILL') }
}

type Jar = Map<string, string>
const remember = (jar: Jar, headers: Headers) => {
  for (const line of headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    jar.set(name, value)
  }
}

/** Goes through the provider as a browser would, as this person or as somebody who says no; ends where it leads back to us. */
export async function passProvider(start: string, person: string | null): Promise<URL> {
  const jar: Jar = new Map()
  const issuer = new URL(start).origin
  let url = new URL(start)
  for (let hops = 0; hops < 10 && url.origin === issuer; hops++) {
    if (url.pathname.startsWith('/interaction/') && person !== null) url.searchParams.set('as', person)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    remember(jar, response.headers)
    const location = response.headers.get('location')
    if (location === null) throw new Error(`The provider stopped at ${url}: ${await response.text()}`)
    url = new URL(location, url)
  }
  return url
}
