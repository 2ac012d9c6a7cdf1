/** Sessions of the server keep a statement for each name, so there is an end to them. */
const mostNames = 500
/** A text that comes once or twice, such as a script's own filter, is not worth a name. */
const callsBeforeName = 3
const unnamed = ''
/** No two clients give the same name: one may use a connection of the other's pool. */
let given = 0

/** Whether a text says itself that it takes one row at most, whatever there is and whatever its values are. */
export const takesOneRow = (sql: string) => /\blimit 1\s*$/.test(sql)

/**
 * Gives statements that come again and again a name, under which each connection has the server parse and plan them once:
 * working out who asks takes longer to plan than to run (measured: a list of packs answers five times as often).
 */
export function createStatementNames(
  isToKeep: (sql: string) => boolean = () => true,
): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  const calls = new Map<string, number>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (!isToKeep(sql)) return unnamed
    const count = (calls.get(sql) ?? 0) + 1
    if (count < callsBeforeName || names.size >= mostNames) {
      if (names.size < mostNames) calls.set(sql, count)
      // What came once long ago makes room for what comes now.
      if (calls.size > 10 * mostNames) calls.clear()
      return unnamed
    }
    calls.delete(sql)
    const name = `packline_${given++}`
    names.set(sql, name)
    return name
  }
}
