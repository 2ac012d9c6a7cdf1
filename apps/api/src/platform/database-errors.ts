import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'

/** Connection failures, shutdown, recovery and "too many clients": the server is away, not the request wrong. */
const outageCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  '08000',
  '08001',
  '08003',
  '08006',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
  // What the adapter makes of a socket's errors; without a code where it is Prisma's own COMMIT that fails.
  'ConnectionClosed',
  'SocketTimeout',
  'DatabaseNotReachable',
])
/** The server is there but has no room or memory left, or its disk fails: nothing can be written. */
const exhaustedCodes = new Set(['53000', '53100', '53200', '53400', '58030'])
const busyCodes = new Set(['40001', '40P01', '55P03', 'P2034'])
/** A statement or a transaction took longer than it may, and was undone. */
const tooSlowCodes = new Set(['57014', 'P2028'])

const coded = z.object({
  kind: z.string().optional(),
  code: z.string().optional(),
  originalCode: z.string().optional(),
  cause: z.unknown().optional(),
})

/** Every code in an error and its causes: the adapter's kinds, Prisma's own codes, the driver's and PostgreSQL's. */
function* codesOf(error: unknown): Generator<string> {
  const parsed = coded.safeParse(error)
  if (!parsed.success) return
  const { kind, code, originalCode, cause } = parsed.data
  if (kind) yield kind
  if (code) yield code
  if (originalCode) yield originalCode
  if (error instanceof Prisma.PrismaClientKnownRequestError) yield* codesOf(error.meta?.driverAdapterError)
  if (cause !== undefined && cause !== error) yield* codesOf(cause)
}

const outageMessages =
  /Connection terminated|timeout exceeded when trying to connect|Can't reach database|Server has closed the connection|Query read timeout|Unable to start a transaction|connection is closed|is not queryable|Connection pool timeout/i

/** True when the database was away or did not answer; what happened to a write is then unknown to the caller. */
export const databaseOutage = (error: unknown): boolean =>
  codesOf(error).some((code) => outageCodes.has(code)) ||
  (error instanceof Error && outageMessages.test(error.message))

/** A quota or a limit on files has no code of its own. */
const exhaustedMessages = /could not (extend|write)\b/i

/** True when the server could not write for want of room or memory: nothing was written. */
export const isExhausted = (error: unknown): boolean =>
  codesOf(error).some((code) => exhaustedCodes.has(code)) ||
  (error instanceof Error && exhaustedMessages.test(error.message))

/** True when the work was undone because it took too long, as on a slow network: nothing was written. */
export const isTooSlow = (error: unknown): boolean => codesOf(error).some((code) => tooSlowCodes.has(code))

/** True when a lock was waited for too long, or PostgreSQL broke a deadlock: nothing was written. */
export const isBusy = (error: unknown): boolean => codesOf(error).some((code) => busyCodes.has(code))

/** True when a unique index refused the write: somebody was first. */
export const isUniqueViolation = (error: unknown): boolean =>
  codesOf(error).some((code) => code === '23505' || code === 'P2002')

/** True when a text had a NUL or half a character, which PostgreSQL keeps in no text: nothing was written. */
export const isUnstorableText = (error: unknown): boolean =>
  codesOf(error).some((code) => code === '22021' || code === '22P05')

/** What kind of fault it was, for people to read: never SQL or data. */
export function describeFailure(error: unknown): string {
  const code = [...codesOf(error)].at(-1)
  return code === undefined ? 'an unexpected error' : `an error of the database (code ${code})`
}
