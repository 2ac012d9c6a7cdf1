import { diffArrays } from 'diff'

/** A line of a comparison, with its number in either text; a gap stands for lines that are the same. */
export type ComparedLine = {
  kind: 'same' | 'added' | 'removed' | 'gap'
  older: number | null
  newer: number | null
  text: string
}

/** Lines shown around each difference. */
const context = 3
/** Comparing blocks the process, so it may not take long; beyond that the comparison is coarser, never wrong. */
const timeLimitMillis = 100

/** What differs between two texts, line by line, with three lines around; at most `limit` lines, otherwise undefined. */
export function compareLines(older: string, newer: string, limit: number): ComparedLine[] | undefined {
  const before = linesOf(older)
  const after = linesOf(newer)
  const changes = diffArrays(before, after, { timeout: timeLimitMillis }) ?? coarseChanges(before, after)
  const lines = withoutFarLines(numbered(changes))
  return lines.length > limit ? undefined : lines
}

type Change = { value: string[]; added?: boolean; removed?: boolean }

/** With their line ends, so that a missing last one is a difference too. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** Only the beginning and the end are looked at: all between the first and the last difference counts as replaced. */
function coarseChanges(before: string[], after: string[]): Change[] {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return [
    { value: before.slice(0, start) },
    { value: before.slice(start, before.length - end), removed: true },
    { value: after.slice(start, after.length - end), added: true },
    { value: before.slice(before.length - end) },
  ]
}

function numbered(changes: readonly Change[]): ComparedLine[] {
  let older = 0
  let newer = 0
  return changes.flatMap(({ value, added = false, removed = false }) =>
    value.map((line): ComparedLine => {
      const text = line.replace(/\r?\n$/, '')
      if (added) return { kind: 'added', older: null, newer: ++newer, text }
      if (removed) return { kind: 'removed', older: ++older, newer: null, text }
      return { kind: 'same', older: ++older, newer: ++newer, text }
    }),
  )
}

function withoutFarLines(lines: ComparedLine[]): ComparedLine[] {
  const isNear = new Uint8Array(lines.length)
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') isNear.fill(1, Math.max(0, index - context), index + context + 1)
  }
  const shown: ComparedLine[] = []
  let hidden = 0
  const closeGap = () => {
    if (hidden > 0) shown.push({ kind: 'gap', older: null, newer: null, text: gapText(hidden) })
    hidden = 0
  }
  for (const [index, line] of lines.entries()) {
    if (isNear[index]) {
      closeGap()
      shown.push(line)
    } else hidden++
  }
  closeGap()
  return shown
}

const gapText = (howMany: number) => (howMany === 1 ? '1 unchanged line' : `${howMany} unchanged lines`)
