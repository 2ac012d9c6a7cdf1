import lighthouse, { desktopConfig } from 'lighthouse'

const categories = ['performance', 'accessibility', 'best-practices'] as const
export type Scores = Record<(typeof categories)[number], number>

/** Lighthouse's scores of a page, from 0 to 100, and what cost points; the middle one of so many runs. */
export async function scoresOf(
  page: { url: string; cookie?: string },
  { device, port, runs: count }: { device: 'mobile' | 'desktop'; port: number; runs: 1 | 3 },
): Promise<{ scores: Scores; lost: string[] }> {
  const runs = []
  for (let run = 0; run < count; run += 1) runs.push(await runLighthouse(page, { device, port }))
  const middle = runs.toSorted((a, b) => a.scores.performance - b.scores.performance)[(count - 1) / 2]
  if (!middle) throw new Error('Lighthouse did not run')
  return middle
}

async function runLighthouse(
  { url, cookie }: { url: string; cookie?: string },
  { device, port }: { device: 'mobile' | 'desktop'; port: number },
) {
  const flags = {
    port,
    output: 'json' as const,
    logLevel: 'error' as const,
    onlyCategories: [...categories],
    ...(cookie && { extraHeaders: { Cookie: cookie } }),
  }
  const result = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined)
  if (!result) throw new Error(`Lighthouse said nothing about ${url}`)
  const { lhr } = result
  if (lhr.runtimeError) throw new Error(`Lighthouse could not load ${url}: ${lhr.runtimeError.message}`)
  const scoreOf = (name: (typeof categories)[number]) => Math.round((lhr.categories[name]?.score ?? 0) * 100)
  const counted = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0),
  )
  const lost = counted
    .map(({ id }) => lhr.audits[id])
    .filter((audit) => audit && audit.score !== null && audit.score < 0.9)
    .map((audit) => `${audit?.id ?? ''} ${audit?.displayValue ?? ''}`.trim())
  const scores: Scores = {
    performance: scoreOf('performance'),
    accessibility: scoreOf('accessibility'),
    'best-practices': scoreOf('best-practices'),
  }
  return { scores, lost }
}
