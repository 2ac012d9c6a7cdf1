import type { Shape, Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'

/** The columns that are fields of the object; instants as the field's clients read them, in whole seconds of UTC. */
export function rowToValue({ fields }: Shape, row: Row): Value {
  const value: Record<string, unknown> = {}
  for (const name of Object.keys(fields)) {
    const found = row[name]
    if (found === null || found === undefined) continue
    if (found instanceof Date) value[name] = instantText(found)
    else value[name] = typeof found === 'bigint' ? Number(found) : found
  }
  return value
}

const instantText = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z')
