import { type BrowserContext, chromium } from '@playwright/test'

import { ensureChromium } from '../chromium.ts'
import { buildWeb } from '../end-to-end.ts'
import { type Bench, type BenchRow, currentLoad, row } from './frame.ts'
import { scoresOf } from './lighthouse-scores.ts'
import { publisher } from './scenes.ts'
import { startServer } from './server-process.ts'
import { signIn } from './sign-in.ts'
import { longPages, pages } from './web-pages.ts'
import { makeLongScreens } from './web-scene.ts'
import { vitalsOf } from './web-vitals.ts'

const name = 'Web'
const debuggingPort = 9_333

/** The built web app in Chromium: Lighthouse on its pages, and what the longest ones feel like. */
export const benchWeb: Bench = async ({ isQuick, server }) => {
  const { failed } = await buildWeb.run()
  if (failed > 0) throw new Error('The web app could not be built')
  await server.makeScene('long_screens', makeLongScreens)
  return server.onCopy('long_screens', async ({ url, client }) => {
    const [cookie = ''] = await signIn(client, publisher, 1)
    const packline = await startServer(url)
    try {
      return await withBrowser(packline.url, cookie, async (context) => {
        const rows: BenchRow[] = []
        for (const page of longPages) rows.push(...(await vitalRows(context, page)))
        for (const page of isQuick ? pages.slice(0, 2) : pages)
          for (const device of ['mobile', 'desktop'] as const)
            rows.push(await lighthouseRow(page, { device, url: packline.url, cookie }))
        return rows
      })
    } finally {
      await packline.stop()
    }
  })
}

/** Does the work in a browser that is signed in. */
async function withBrowser<Result>(
  url: string,
  cookie: string,
  work: (context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-background-networking', `--remote-debugging-port=${debuggingPort}`],
  })
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 } })
    const [cookieName = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name: cookieName, value, url }])
    return await work(context)
  } finally {
    await browser.close()
  }
}

async function vitalRows(context: BrowserContext, page: (typeof longPages)[number]): Promise<BenchRow[]> {
  const { lcp, inp, cls } = await vitalsOf(context, page)
  const millis = { kind: 'at most', unit: ' ms', digits: 0 } as const
  return [
    row(name, `${page.name}: largest paint`, lcp, { ...millis, must: 2_500, aim: 1_200 }),
    row(name, '… slowest answer to somebody', inp, { ...millis, must: 200, aim: 100 }),
    row(name, '… layout shift', cls, { kind: 'at most', must: 0.1, aim: 0.02, unit: '', digits: 3 }),
  ]
}

/** Performance as gate and aim have it; accessibility and best practices are to be whole. */
const limits = { mobile: { must: 90, aim: 95 }, desktop: { must: 98, aim: 98 } }

async function lighthouseRow(
  { name: pageName, path, isPublic = false }: (typeof pages)[number],
  { device, url, cookie }: { device: keyof typeof limits; url: string; cookie: string },
): Promise<BenchRow> {
  const { must, aim } = limits[device]
  const { scores, lost, processor } = await scoresOf(
    { url: url + path, ...(!isPublic && { cookie }) },
    { device, port: debuggingPort, aim },
  )
  const { performance: speed, accessibility, 'best-practices': practices } = scores
  console.log(
    `    Lighthouse of ${pageName}, ${device}: ${speed} (load ${currentLoad()}, processor ${processor})`,
  )
  const isWhole = accessibility === 100 && practices === 100
  return {
    name,
    what: `Lighthouse of ${pageName}, ${device}`,
    figure: `${speed} / ${accessibility} / ${practices} (${[...lost, `processor ${processor}`].join('; ')})`,
    must: `${must} / 100 / 100`,
    aim: `${aim} / 100 / 100`,
    isMet: isWhole && speed >= must,
    isAimMet: isWhole && speed >= aim,
    load: currentLoad(),
  }
}
