// Everything PostgreSQL refuses or a screen cannot show: control characters, NUL among them.
const controlCharacters = /\p{Cc}/gu
const controlCharactersInLines = /[^\P{Cc}\n\t]/gu

/** Characters as people and PostgreSQL count them: an emoji of one code point is one, not two. */
export function countCharacters(text: string): number {
  return [...text].length
}

/** One line of text as it is stored: line ends and tabs as spaces, no control characters, one Unicode form, trimmed. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\r]+/g, ' ')
    .replace(controlCharacters, '')
    .normalize('NFC')
    .trim()
}

/** Text of several lines as it is stored: line ends as \n, tabs kept, other control characters stripped. */
export function cleanLines(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(controlCharactersInLines, '')
    .normalize('NFC')
    .trim()
}
