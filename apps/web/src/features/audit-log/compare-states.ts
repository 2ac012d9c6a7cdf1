export type FieldChange = {
  /** Of the field, with the fields it lies in before it. */
  name: string
  before: string | null
  after: string | null
  kind: 'added' | 'removed' | 'changed' | 'same'
}

/**
 * What was before and after, field by field, in the order in which they were written down. Fields within fields stand by
 * themselves, so that a change deep inside is seen as what it is.
 */
export function compareStates(before: unknown, after: unknown): FieldChange[] {
  const was = flatten(before)
  const is = flatten(after)
  return [...new Set([...was.keys(), ...is.keys()])].map((path) => {
    const old = was.get(path) ?? null
    const next = is.get(path) ?? null
    const kind = !was.has(path) ? 'added' : !is.has(path) ? 'removed' : old === next ? 'same' : 'changed'
    return { name: path, before: old, after: next, kind }
  })
}

function flatten(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (value === null || value === undefined) {
    return path.length === 0 ? new Map<string, string>() : new Map([[nameOf(path), 'none']])
  }
  if (Array.isArray(value)) return flattenList(value, path)
  if (typeof value === 'object') {
    const fields = Object.entries(value)
    if (fields.length === 0 && path.length > 0) return new Map([[nameOf(path), 'none']])
    return new Map(fields.flatMap(([name, inner]) => [...flatten(inner, [...path, name])]))
  }
  return new Map([[nameOf(path), textOf(value)]])
}

/** Plain values of a list stand together; what has fields of its own is numbered. */
function flattenList(list: readonly unknown[], path: readonly string[]): Map<string, string> {
  if (list.length === 0) return new Map([[nameOf(path), 'none']])
  if (list.every((one) => typeof one !== 'object' || one === null)) {
    return new Map([[nameOf(path), list.map(textOf).join(', ')]])
  }
  return new Map(list.flatMap((one, place) => [...flatten(one, [...path, String(place + 1)])]))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty' : value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? 'none' : JSON.stringify(value)
}

/** "dueAt" and "packageId" as people write them: "Due at", "Package ID". */
function nameOf(path: readonly string[]): string {
  const words = path
    .map((part) => part.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase())
    .join(' › ')
    .replaceAll(/\b(id|api|sha256)\b/g, (word) => word.toUpperCase())
    .replaceAll(/\bids\b/g, 'IDs')
  return words === '' ? 'Value' : words.charAt(0).toUpperCase() + words.slice(1)
}
