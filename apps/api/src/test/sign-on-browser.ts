import { passProvider } from './openid-provider.ts'
import { callerOf, type TestApp } from './test-app.ts'

export const publicUrl = 'https://packline.test'
export const redirectUri = `${publicUrl}/api/v1/session/single-sign-on/return`

export type Browser = { cookies: Map<string, string> }
export const newBrowser = (): Browser => ({ cookies: new Map() })

const cookiesOf = ({ cookies }: Browser) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
export const pathOf = (url: URL | string) => new URL(url).href.slice(publicUrl.length)

/** What a browser does that signs in at this server by its provider. */
export function signOnAt(server: TestApp) {
  /** A navigation: cookies are kept, redirects are not followed. */
  async function navigate(browser: Browser, path: string, at: TestApp = server) {
    const cookie = cookiesOf(browser)
    const response = await at.app.inject({ method: 'GET', url: path, headers: cookie ? { cookie } : {} })
    keep(browser, response.cookies)
    return { response, location: response.headers.location ?? '' }
  }

  async function leave(browser: Browser, returnTo = '/', at: TestApp = server) {
    const query = new URLSearchParams({ returnTo })
    const { location } = await navigate(browser, `/api/v1/session/single-sign-on?${query.toString()}`, at)
    return location
  }

  async function signOn(browser: Browser, person: string | null, returnTo = '/') {
    const back = await passProvider(await leave(browser, returnTo), person)
    return navigate(browser, pathOf(back))
  }

  /** What the page of the browser does. */
  async function post(browser: Browser, path: string, body: Record<string, unknown>) {
    const response = await callerOf(server.app, cookiesOf(browser))('POST', path, { body })
    keep(browser, response.cookies)
    return response
  }

  const sessionOf = (browser: Browser, at: TestApp = server) =>
    callerOf(at.app, `__Host-packline=${browser.cookies.get('__Host-packline') ?? ''}`)('GET', '/session')

  return { navigate, leave, signOn, post, sessionOf }
}

function keep({ cookies }: Browser, set: readonly { name: string; value: string }[]) {
  for (const { name, value } of set) {
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
}
