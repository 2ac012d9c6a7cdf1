export type TextTable = { head: string[]; rows: string[][] }

/**
 * A text in the order of its parts: Markdown as it stands, and the tables in it, which plain Markdown does not know.
 * The heading of the whole text is left out, because the page has it.
 */
export function splitTables(text: string): (string | TextTable)[] {
  const parts: (string | TextTable)[] = []
  let lines: string[] = []
  const end = () => {
    const part = isTable(lines) ? tableOf(lines) : lines.join('\n').trim()
    if (part !== '') parts.push(part)
    lines = []
  }
  let isInCode = false
  for (const line of text.replace(/^# .*\n/, '').split('\n')) {
    if (line.startsWith('```')) isInCode = !isInCode
    const isRow = !isInCode && line.startsWith('|')
    if (lines.length > 0 && isRow !== lines[0]?.startsWith('|')) end()
    lines.push(line)
  }
  end()
  return parts
}

/** The second line of a table rules off its head. */
const isTable = (lines: readonly string[]) => /^\|[ :|-]+\|$/.test(lines[1]?.trim() ?? '')

function tableOf([head = '', , ...rows]: readonly string[]): TextTable {
  return { head: cellsOf(head), rows: rows.map(cellsOf) }
}

const cellsOf = (row: string) =>
  row
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
