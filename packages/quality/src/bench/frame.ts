import { loadavg } from 'node:os'

import type { BenchServer } from './bench-database.ts'

/** One line of the table: what was measured, what it must be and should be, and whether it is. */
export type BenchRow = {
  name: string
  what: string
  figure: string
  must: string
  aim: string
  isMet: boolean
  isAimMet: boolean
  load: string
}

/** What a bench is given: whether it is only tried out, and the database server that all benches of a run share. */
export type BenchContext = { isQuick: boolean; server: BenchServer }
export type Bench = (context: BenchContext) => Promise<BenchRow[]>

/** A limit for a figure: at most or at least this, for what must be and for what is aimed at. */
type Limit = { kind: 'at most' | 'at least'; must: number; aim: number; unit: string; digits?: number }

export function row(name: string, what: string, value: number, limit: Limit & { detail?: string }): BenchRow {
  const { kind, must, aim, unit, digits = 2, detail } = limit
  const holds = (bound: number) => (kind === 'at most' ? value <= bound : value >= bound)
  const write = (number: number) => `${number.toFixed(digits)}${unit}`
  const sign = kind === 'at most' ? '≤' : '≥'
  return {
    name,
    what,
    figure: write(value) + (detail === undefined ? '' : ` (${detail})`),
    must: `${sign} ${must}${unit}`,
    aim: `${sign} ${aim}${unit}`,
    isMet: holds(must),
    isAimMet: holds(aim),
    load: currentLoad(),
  }
}

/** A row for what either holds or does not. */
export const fact = (name: string, what: string, isMet: boolean, figure: string): BenchRow => ({
  name,
  what,
  figure,
  must: 'holds',
  aim: 'holds',
  isMet,
  isAimMet: isMet,
  load: currentLoad(),
})

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  if (below === undefined || above === undefined) throw new Error('There is no median of nothing')
  return (below + above) / 2
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (found === undefined) throw new Error('There is no percentile of nothing')
  return found
}

/**
 * Measures the raw way and the product one after the other, that often: whatever else the machine does falls on both.
 * Each pair is printed with the load, so that a bad one can be seen.
 */
export async function pairs(
  count: number,
  unit: string,
  { raw, product }: { raw: () => Promise<number>; product: () => Promise<number> },
): Promise<{ raw: number; product: number; ratio: number; spread: string }> {
  const measured: { raw: number; product: number }[] = []
  for (let index = 0; index < count; index += 1) {
    const pair = { raw: await raw(), product: await product() }
    measured.push(pair)
    console.log(
      `    raw ${pair.raw.toFixed(2)} ${unit}, product ${pair.product.toFixed(2)} ${unit} (load ${currentLoad()})`,
    )
  }
  const ratios = measured.map((pair) => pair.product / pair.raw)
  return {
    raw: median(measured.map((pair) => pair.raw)),
    product: median(measured.map((pair) => pair.product)),
    ratio: median(ratios),
    spread: spreadOf(ratios),
  }
}

/** The smallest and the largest of them. */
export const spreadOf = (ratios: readonly number[]) =>
  `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`

export const secondsSince = (started: number) => (performance.now() - started) / 1_000

/** The processes that wanted to run, on average over the last minute. */
export const currentLoad = () => (loadavg()[0] ?? Number.NaN).toFixed(1)

/** Large numbers as people read them. */
export const figures = new Intl.NumberFormat('en')
