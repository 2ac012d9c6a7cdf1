import pg from 'pg'

type Asked = {
  query: (sql: string) => Promise<{ rows: { pid: number }[] }>
}

/**
 * Whether whoever connects keeps one session of the server. A pooler that hands sessions on between transactions would
 * have statements run for an account that somebody else has named.
 */
export async function keepsSessions(url: string): Promise<boolean> {
  const settings = { connectionString: url, application_name: 'packline check' }
  const [one, other] = [new pg.Client(settings), new pg.Client(settings)]
  // A server that goes away meanwhile fails the question; unheard, it would end the process without a sentence.
  for (const client of [one, other]) client.on('error', () => undefined)
  try {
    await Promise.all([one.connect(), other.connect()])
    return await areApart(one, other)
  } finally {
    await Promise.all([one.end(), other.end()])
  }
}

/** Whether each stays with a session of its own, asked a few times: others may ask the same pooler meanwhile. */
export async function areApart(one: Asked, other: Asked): Promise<boolean> {
  for (let round = 0; round < 5; round++) {
    const mine = await pidOf(one)
    const theirs = await pidOf(other)
    // A pooler gives the session that was free last, or the next in turn.
    const mineAgain = [await pidOf(one), await pidOf(one)]
    if (theirs === mine || mineAgain.some((session) => session !== mine)) return false
  }
  return true
}

async function pidOf(connection: Asked) {
  const { rows } = await connection.query('select pg_backend_pid() as pid')
  return rows[0]?.pid
}
