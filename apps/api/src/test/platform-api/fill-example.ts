/** Values to put into an example in place of its own, by field; of several the next one for each occurrence. */
export type Replacements = Readonly<Record<string, string | readonly string[]>>

function nextOf(replacements: Replacements) {
  const counts = new Map<string, number>()
  return (name: string): string | undefined => {
    const given = replacements[name]
    if (given === undefined || typeof given === 'string') return given
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    return given[count % given.length]
  }
}

/** The example with other values where it has these fields, however deep. */
export function fillJson(example: unknown, replacements: Replacements): unknown {
  const next = nextOf(replacements)
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, found]) => [
        name,
        typeof found === 'string' || typeof found === 'number' ? (next(name) ?? found) : fill(found),
      ]),
    )
  }
  return fill(example)
}

/** The same for an example in XML, in attributes and in elements of text. */
export function fillXml(example: string, replacements: Replacements): string {
  const next = nextOf(replacements)
  return example
    .replaceAll(/(\s)([A-Za-z]+)="([^"]*)"/g, (all, space: string, name: string) => {
      const value = next(name)
      return value === undefined ? all : `${space}${name}="${value}"`
    })
    .replaceAll(/<((?:bns:)?([A-Za-z]+))>([^<]*)</g, (all, tag: string, name: string) => {
      const value = next(name)
      return value === undefined ? all : `<${tag}>${value}<`
    })
}
