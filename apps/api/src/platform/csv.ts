export type CsvCell = string | number | null

/**
 * A line of a CSV file (RFC 4180). Text that a spreadsheet would take for a formula is written with an apostrophe
 * before it, which spreadsheets read as "this is text".
 */
export const csvLine = (cells: readonly CsvCell[]) => `${cells.map(cellText).join(',')}\r\n`

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[\s\p{Cf}]*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/u.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Tells spreadsheets that what follows is UTF-8. */
export const csvStart = '\ufeff'
