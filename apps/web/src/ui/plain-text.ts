// Emphasis, code, headings, links, escapes, entities, HTML; lists, quotes, underlined headings; breaks; indented code.
const marks = /[*_`#[\]\\&<]|^\s*(?:[-+=>]|\d+[.)])| {2}\n|^(?: {4}|\t)/m

/** True where Markdown would show the text as it is, apart from its paragraphs. */
export const isPlainText = (text: string) => !marks.test(text)

export const paragraphsOf = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
