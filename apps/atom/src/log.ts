export type Log = {
  /** Something that happened: a sentence for people, facts for machines. */
  event: (name: string, sentence: string, facts?: Record<string, unknown>) => void
  /** How things stand; shown as the last line of a terminal, and only there. */
  status: (line: string) => void
}

type Stream = { write: (text: string) => unknown; isTTY?: boolean; columns?: number }

/** JSON lines, or sentences with a status line below them where somebody watches. */
export function createLog(stream: Stream, { json }: { json: boolean }): Log {
  if (json) {
    return {
      event: (event, message, facts) =>
        void stream.write(`${JSON.stringify({ at: new Date().toISOString(), event, message, ...facts })}\n`),
      status: () => undefined,
    }
  }
  const isWatched = stream.isTTY === true
  const clearLine = '\r\u001b[2K'
  let shown = ''
  return {
    event: (_name, sentence) => {
      const time = new Date().toISOString().slice(0, 19).replace('T', ' ')
      void stream.write(`${isWatched ? clearLine : ''}${time}Z  ${sentence}\n${isWatched ? shown : ''}`)
    },
    status: (line) => {
      if (!isWatched || line === shown) return
      shown = line.slice(0, (stream.columns ?? 80) - 1)
      void stream.write(`${clearLine}${shown}`)
    },
  }
}
