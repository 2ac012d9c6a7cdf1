import type { BrowserContext, Page } from '@playwright/test'
import { z } from 'zod'

/** Milliseconds until the largest thing was painted and until the slowest act was answered on screen; shift as a share. */
const vitals = z.object({ lcp: z.number(), inp: z.number(), cls: z.number() })
export type Vitals = z.infer<typeof vitals>

// Runs in the page, before any script of it does.
const noteVitals = `
  window.noted = { lcp: 0, inp: 0, cls: 0 }
  const watch = (type, note, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more })
  watch('largest-contentful-paint', ({ startTime }) => { noted.lcp = startTime })
  watch('layout-shift', ({ hadRecentInput, value }) => { if (!hadRecentInput) noted.cls += value })
  watch('event', ({ interactionId, duration }) => {
    if (interactionId) noted.inp = Math.max(noted.inp, duration)
  }, { durationThreshold: 16 })`

/** Opens a page, does something on it as a person would, and says what that felt like. */
export async function vitalsOf(
  context: BrowserContext,
  { path, act }: { path: string; act: (page: Page) => Promise<void> },
): Promise<Vitals> {
  const page = await context.newPage()
  await page.addInitScript({ content: noteVitals })
  // Event streams stay open, so there is no moment at which the network is idle.
  await page.goto(path, { waitUntil: 'load' })
  await act(page)
  // Once the last act has been painted and noted, which takes two frames and a task.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))',
  )
  const noted = vitals.parse(await page.evaluate('noted'))
  await page.close()
  return noted
}
