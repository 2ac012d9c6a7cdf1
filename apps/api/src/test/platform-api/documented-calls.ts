/** One command that calls the server, with the status that it is said to answer. */
type DocumentedCall = { line: number; status: number }
/** A block of commands, and what its last call is shown to answer. */
type DocumentedBlock = { line: number; commands: string; calls: DocumentedCall[]; answer?: unknown }

const fenced = /^```(sh|json)\n(.*?)^```$/gms

/** The blocks of commands in a document written in Markdown, each with the answer shown after it. */
export function blocksOf(document: string): DocumentedBlock[] {
  const blocks: DocumentedBlock[] = []
  for (const found of document.matchAll(fenced)) {
    const [, language, text = ''] = found
    // Behind the line of the fence itself.
    const line = document.slice(0, found.index).split('\n').length + 1
    if (language === 'sh') {
      blocks.push({ line, commands: text, calls: callsIn(text, line) })
      continue
    }
    const asked = blocks.at(-1)
    if (!asked) throw new Error(`The answer of line ${line} is to no command`)
    asked.answer = JSON.parse(text)
  }
  return blocks
}

/** A call goes on until the next one; "# 202" in a comment says that it answers with something else than 200. */
function callsIn(commands: string, firstLine: number): DocumentedCall[] {
  const calls: DocumentedCall[] = []
  for (const [index, text] of commands.split('\n').entries()) {
    if (/^(\w+=\$\()?(call|send) /.test(text)) calls.push({ line: firstLine + index, status: 200 })
    const [, status] = / # ([2-5]\d\d)\b/.exec(text) ?? []
    const last = calls.at(-1)
    if (last && status !== undefined) last.status = Number(status)
  }
  return calls
}
