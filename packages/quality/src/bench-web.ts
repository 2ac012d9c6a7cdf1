import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { chromium, type Page } from '@playwright/test'

import { scoresOf } from './bench/lighthouse-scores.ts'
import { startServer } from './bench/server-process.ts'
import { addLongScene, type WebScene } from './bench/web-scene.ts'
import { type Vitals, vitalsOf } from './bench/web-vitals.ts'
import { ensureChromium } from './chromium.ts'
import { buildWeb } from './end-to-end.ts'

type WebRow = { name: string; figure: string; must: string; aim: string; met: boolean }

const debuggingPort = 9_333
const gates = {
  mobile: { performance: 90, aim: 95 },
  desktop: { performance: 98, aim: 98 },
  vitals: { lcp: [2_500, 1_200], inp: [200, 100], cls: [0.1, 0.02] },
} as const

/** The built web app in Chromium: Lighthouse on its pages, and what the longest ones feel like. */
async function measureWeb({ isQuick }: { isQuick: boolean }): Promise<WebRow[]> {
  await buildWeb.run()
  const directory = await mkdtemp(join(tmpdir(), 'packline-bench-'))
  const postgres = await startEmbeddedPostgres(directory)
  const databaseUrl = postgres.url('postgres')
  // It brings the empty database up to date.
  const server = await startServer(databaseUrl)
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-background-networking', `--remote-debugging-port=${debuggingPort}`],
  })
  try {
    const scene = await addLongScene(databaseUrl)
    const [name = '', value = ''] = scene.cookie.split('=')
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } })
    await context.addCookies([{ name, value, url: server.url }])
    const rows: WebRow[] = []
    for (const page of longPages(scene)) rows.push(...vitalRows(page.name, await vitalsOf(context, page)))
    await context.close()
    for (const page of lighthousePages(scene).slice(0, isQuick ? 2 : undefined)) {
      for (const device of ['mobile', 'desktop'] as const) {
        const { path, isPublic } = page
        const target = { url: `${server.url}${path}`, ...(!isPublic && { cookie: scene.cookie }) }
        rows.push(
          lighthouseRow(
            page.name,
            device,
            await scoresOf(target, { device, port: debuggingPort, runs: isQuick ? 1 : 3 }),
          ),
        )
      }
    }
    return rows
  } finally {
    await browser.close()
    await server.stop()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Prints what `measureWeb` found as a table; true when every gate is met. */
export async function benchWeb(options: { isQuick: boolean }): Promise<boolean> {
  const rows = await measureWeb(options)
  console.table(rows)
  return rows.every(({ met }) => met)
}

const lighthousePages = ({ fullPack, widePack, rolloutOf }: WebScene) => [
  { name: 'sign-in', path: '/sign-in', isPublic: true },
  { name: 'pack', path: `/integration-packs/${fullPack}` },
  { name: 'wizard', path: `/integration-packs/${widePack}/release` },
  { name: 'rollout', path: `/integration-packs/${rolloutOf.packId}/releases/${rolloutOf.releaseId}/rollout` },
  { name: 'packaged components', path: '/packaged-components' },
  { name: 'account groups', path: '/settings/account/groups' },
  { name: 'audit log', path: '/settings/account/audit-log' },
]

const longPages = ({ fullPack, widePack, rolloutOf }: WebScene) => [
  {
    name: '1,000 packs',
    path: `/integration-packs/${fullPack}`,
    act: async (page: Page) => {
      await page.getByRole('searchbox').first().pressSequentially('regional pack 7')
      await page.getByRole('link', { name: 'Regional pack 77', exact: true }).click()
      await page.getByRole('heading', { name: 'Regional pack 77' }).waitFor()
    },
  },
  {
    name: 'wizard of 100 components',
    path: `/integration-packs/${widePack}/release`,
    act: async (page: Page) => {
      await page.getByRole('button', { name: 'Select another version of Order step 100' }).click()
      await page.getByRole('dialog').getByRole('radio').last().click()
      await page.getByRole('dialog').getByRole('button', { name: 'Select Version' }).click()
      await page.getByRole('button', { name: 'Next', exact: true }).click()
      await page.getByRole('heading', { name: 'Select Release Schedule' }).waitFor()
    },
  },
  {
    name: 'rollout of 100,000 rows',
    path: `/integration-packs/${rolloutOf.packId}/releases/${rolloutOf.releaseId}/rollout`,
    act: async (page: Page) => {
      await page.getByRole('rowheader').first().waitFor()
      await page.getByRole('searchbox', { name: /^Search accounts/ }).pressSequentially('Customer 77')
      await page
        .getByRole('rowheader', { name: /^Customer 77/ })
        .first()
        .waitFor()
    },
  },
]

const vitalRows = (page: string, measured: Vitals): WebRow[] =>
  (['lcp', 'inp', 'cls'] as const).map((key) => {
    const [must, aim] = gates.vitals[key]
    const unit = key === 'cls' ? '' : ' ms'
    const figure = measured[key].toFixed(key === 'cls' ? 3 : 0)
    const name = `${key.toUpperCase()} of ${page}`
    return {
      name,
      figure: figure + unit,
      must: `≤ ${must}${unit}`,
      aim: `≤ ${aim}${unit}`,
      met: measured[key] <= must,
    }
  })

function lighthouseRow(
  page: string,
  device: 'mobile' | 'desktop',
  { scores, lost }: Awaited<ReturnType<typeof scoresOf>>,
): WebRow {
  const { performance, aim } = gates[device]
  const { performance: speed, accessibility, 'best-practices': practices } = scores
  const met = speed >= performance && accessibility === 100 && practices === 100
  return {
    name: `Lighthouse of ${page}, ${device}`,
    figure: `${speed} / ${accessibility} / ${practices}${met ? '' : ` (${lost.join('; ')})`}`,
    must: `${performance} / 100 / 100`,
    aim: `${aim} / 100 / 100`,
    met,
  }
}
