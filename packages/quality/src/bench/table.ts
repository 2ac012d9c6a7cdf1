import type { BenchRow } from './frame.ts'

/** The rows as a table in Markdown, which reads as well on a terminal. */
export function tableOf(rows: readonly (BenchRow & { measuredOn?: string })[]): string {
  const areDated = rows.some(({ measuredOn }) => measuredOn !== undefined)
  const cells = [
    ['', 'what', 'measured', 'must', 'aim', 'load', 'verdict', ...(areDated ? ['on'] : [])],
    ...rows.map(({ name, what, figure, must, aim, load, isMet, isAimMet, measuredOn }) => [
      name,
      what,
      figure,
      must,
      aim,
      load,
      isAimMet ? 'aim met' : isMet ? 'met' : 'MISSED',
      ...(areDated ? [measuredOn ?? ''] : []),
    ]),
  ]
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((line) => line[column]?.length ?? 0)),
  )
  const lineOf = (line: readonly string[]) =>
    `| ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [lineOf(head), lineOf(widths.map((width) => '-'.repeat(width))), ...body.map(lineOf)].join('\n')
}
