import pg from 'pg'

type Query = (this: unknown, ...args: unknown[]) => unknown

/**
 * Watches every statement that goes to the database from this process, counts them, and can change their text: a route
 * that takes another way for what exists elsewhere shows in the number, and a forgotten condition can be tried out.
 */
export function watchStatements() {
  // The prototype's own method, put back by `stop` and called with the client it was called on.
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const original = prototype.query
  const watched = { count: 0, rewrite: (text: string) => text }
  prototype.query = function query(first: unknown, ...rest: unknown[]) {
    // What a connection is told depends on whose request had it before.
    if (!isTelling(first)) watched.count += 1
    return original.call(this, rewritten(first), ...rest)
  }
  const rewritten = (first: unknown): unknown => {
    if (typeof first === 'string') return watched.rewrite(first)
    if (typeof first !== 'object' || first === null || !('text' in first) || typeof first.text !== 'string')
      return first
    const text = watched.rewrite(first.text)
    // A statement that is kept under a name would run as it was.
    return text === first.text ? first : Object.assign(first, { text, name: '' })
  }
  return {
    watched,
    stop: () => {
      prototype.query = original
    },
  }
}

const isTelling = (first: unknown) => typeof first === 'string' && first.includes(`set_config('role'`)

const scope = /(?:"?\w+"?\.)*"(?:accountId|primaryAccountId)" = (\$\d+)(?!\d)/g

/** The statement without its conditions on the account: what a route is like that forgets whose data it reads. */
export const forgetScope = (text: string) => text.replaceAll(scope, '($1::text is not null)')
