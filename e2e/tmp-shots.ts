import { chromium } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
const base = 'http://127.0.0.1:3302'
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
const page = await context.newPage()
page.on('console', (m) => {
  if (m.type() === 'error') console.log('CONSOLE', m.text())
})
page.on('pageerror', (e) => console.log('PAGEERROR', e.message))
await page.goto(base + '/sign-in')
await page
  .getByLabel(/email|e-mail/i)
  .first()
  .fill('release.manager@orchard.example')
await page.getByLabel('Password', { exact: true }).fill('packline-demo')
await page.getByRole('button', { name: 'Sign in', exact: true }).click()
await page.waitForURL((u) => !u.pathname.includes('sign-in'))
const packs = await page.evaluate(async () => (await fetch('/api/v1/integration-packs')).json())
const wanted: Record<string, string[]> = {}
for (const p of packs) {
  const r = await page.evaluate(
    async (id) => (await fetch(`/api/v1/integration-packs/${id}/releases`)).json(),
    p.id,
  )
  for (const x of r) wanted[`${p.name} ${x.sequence}`] = [p.id, x.id]
}
console.log(Object.keys(wanted).join(', '))
const shots = process.argv.slice(2)
for (const spec of shots) {
  const [name, query = '', label = name] = spec.split('|')
  const [packId, releaseId] = wanted[name!]!
  for (const width of [1280, 320])
    for (const scheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: scheme })
      await page.goto(`${base}/integration-packs/${packId}/releases/${releaseId}/rollout${query}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForTimeout(1200)
      await page.screenshot({
        path: `/tmp/i3d/shots/${label!.replaceAll(/\W+/g, '-')}-${width}-${scheme}.png`,
        fullPage: true,
      })
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      const axe = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      console.log(
        label,
        width,
        scheme,
        'overflow',
        overflow,
        'axe',
        axe.violations
          .map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 120)).join(' || '))
          .join('; ') || 'ok',
        'incomplete',
        axe.incomplete.map((v) => v.id + v.nodes.length).join(),
      )
    }
}
await browser.close()
