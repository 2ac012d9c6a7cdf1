import type { ReleaseView } from '@packline/contract/releases.ts'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures/test.ts'

/** Would run as a script wherever it were read as a part of the page. */
const hostile = (what: string) => `${what} <img src=x onerror="window.hit=1"><script>window.hit=1</script>`
const notes = [
  hostile('Notes'),
  '[a link](javascript:window.hit=1)',
  '<a href="javascript:window.hit=1">another</a>',
].join('\n\n')

const inAWeek = () => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
const isHit = (page: Page) => page.evaluate(() => Object.hasOwn(window, 'hit'))

test('14 what people write stays text in every list, on every page and in dialogs', async ({
  page,
  scene,
}) => {
  test.setTimeout(120_000)
  const component = await scene.addComponent({ name: hostile('Component'), versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({
    name: hostile('Pack'),
    description: hostile('Description'),
    components: [component],
  })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  const [, second] = component.packages
  const { id: releaseId } = await scene.api.call<ReleaseView>('createRelease', {
    params: { packId: pack.id },
    body: {
      versions: [{ componentId: component.id, packageId: second?.id }],
      timing: { kind: 'on-date', releaseOn: inAWeek() },
      notes,
    },
  })

  for (const address of [
    '/integration-packs',
    `/integration-packs/${pack.id}`,
    `/integration-packs/${pack.id}/releases`,
    `/integration-packs/${pack.id}/releases/${releaseId}`,
    `/integration-packs/${pack.id}/releases/${releaseId}/rollout`,
    `/integration-packs/${pack.id}/release`,
    '/components',
    `/components/${component.id}`,
    '/packaged-components',
    '/punctuality',
  ]) {
    await page.goto(address)
    await expect(page.getByText('onerror="window.hit=1"').first(), address).toBeVisible()
    expect(await isHit(page), address).toBe(false)
  }

  await page.goto(`/integration-packs/${pack.id}/releases/${releaseId}`)
  await expect(page.getByText('a link')).toBeVisible()
  expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0)
})

test('14 were it read as a part of the page, the policy for content would still not run it', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/Content Security Policy|status of 404/)
  const { name } = await scene.addPack({ name: hostile('Pack') })
  await page.goto('/integration-packs')
  await expect(page.getByText(name).first()).toBeVisible()
  const refused = await page.evaluate(async (text) => {
    const violated = new Promise<string>((done) => {
      document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective))
    })
    document.body.insertAdjacentHTML('beforeend', text)
    return violated
  }, name)
  expect(refused).toBe('script-src-attr')
  expect(await isHit(page)).toBe(false)
})

test('19 a page of another site cannot show Packline in a frame', async ({
  page,
  context,
  baseURL,
  browserConsole,
}) => {
  browserConsole.expect(/left the origin|frame-ancestors|X-Frame-Options|chrome-error/)
  const elsewhere = 'http://elsewhere.test/'
  const body = `<!doctype html><title>Elsewhere</title><iframe src="${baseURL}/sign-in"></iframe>`
  await context.route(elsewhere, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto(elsewhere)
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/)

  // Without the two headers it could.
  await context.route(`${baseURL}/sign-in`, async (route) => {
    const response = await route.fetch()
    const { 'content-security-policy': _policy, 'x-frame-options': _frames, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
  await page.goto(elsewhere)
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('the description of the API shows everything without a complaint of the browser', async ({ page }) => {
  await page.goto('/api/docs')
  await page.locator('.opblock-summary').first().click()
  await expect(page.locator('.opblock.is-open')).toContainText('Parameters')
})
