import { parseArgs } from 'node:util'

export type Arguments =
  | { kind: 'refused'; sentence: string }
  | { kind: 'list' }
  | {
      kind: 'run'
      seed: number
      minutes: number | undefined
      row: string | undefined
      report: string | undefined
    }

/** What `pnpm chaos` is told; `newSeed` where no seed is given. */
export function readArguments(args: readonly string[], newSeed: () => number): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      row: { type: 'string' },
      list: { type: 'boolean' },
      report: { type: 'string' },
    },
  })
  if (values.list) return { kind: 'list' }
  const seed = values.seed === undefined ? newSeed() : Number(values.seed)
  if (!Number.isSafeInteger(seed) || seed < 0)
    return refused(`--seed takes a whole number, not ${values.seed}.`)
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
  if (minutes !== undefined && !(minutes > 0))
    return refused(`--minutes takes a number, not ${values.minutes}.`)
  return { kind: 'run', seed, minutes, row: values.row, report: values.report }
}

const refused = (sentence: string): Arguments => ({ kind: 'refused', sentence })
