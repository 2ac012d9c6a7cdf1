export type Command = { id: string; kind: string; label: string; run: () => void }

const most = 12

/** Those in which every typed word begins a word, best those that begin with what was typed. */
export function findCommands<Found extends Pick<Command, 'kind' | 'label'>>(
  commands: readonly Found[],
  typed: string,
): Found[] {
  const wanted = wordsOf(typed)
  const matches = commands.filter(({ kind, label }) => {
    const words = wordsOf(`${label} ${kind}`)
    return wanted.every((part) => words.some((word) => word.startsWith(part)))
  })
  const isFirst = ({ label }: Found) => label.toLowerCase().startsWith(typed.trim().toLowerCase())
  return [...matches.filter(isFirst), ...matches.filter((match) => !isFirst(match))].slice(0, most)
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(Boolean)
