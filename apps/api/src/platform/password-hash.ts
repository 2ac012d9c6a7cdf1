import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { RequestRefused } from './problems.ts'

/** OWASP's minimum for argon2id with two passes: 19 MiB a hash, about 40 ms here. */
const current = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const hashBytes = 32

/** Two at once keep half of the thread pool free for everything else; behind a long queue waiting makes no sense. */
const maxAtOnce = 2
const maxWaiting = 100
let running = 0
const waiting: (() => void)[] = []

export type PasswordCheck = {
  matches: boolean
  /** Hashed with other parameters than today's: hash it anew while the password is at hand. */
  isOutdated: boolean
}

/** What the database keeps of a password: argon2id with its parameters and salt, as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, current)
  const { memory, passes, parallelism } = current
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(hash)}`
}

/**
 * Is this the password? Without a stored hash the work is done all the same, so that the time of the answer does not
 * tell whether the user exists.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<PasswordCheck> {
  const known = stored === undefined ? undefined : parse(stored)
  if (!known) {
    await derive(password, randomBytes(saltBytes), current)
    return { matches: false, isOutdated: false }
  }
  const hash = await derive(password, known.salt, known.parameters)
  return {
    matches: hash.length === known.hash.length && timingSafeEqual(hash, known.hash),
    isOutdated: Object.entries(current).some(([name, value]) => known.parameters[name] !== value),
  }
}

type Parameters = typeof current & Record<string, number>

const phc =
  /^\$argon2id\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,3}),p=(?<parallelism>\d{1,2})\$(?<salt>[\w+/-]+)\$(?<hash>[\w+/-]+)$/

function parse(stored: string): { parameters: Parameters; salt: Buffer; hash: Buffer } | undefined {
  const { memory, passes, parallelism, salt, hash } = phc.exec(stored)?.groups ?? {}
  if (!salt || !hash) return undefined
  return {
    parameters: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

const encode = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

const deriveAsync = promisify(argon2)

/** One form for letters that can be typed in two ways, so that the same password matches from another keyboard. */
const derive = (password: string, nonce: Buffer, parameters: Parameters) =>
  inTurn(() =>
    deriveAsync('argon2id', {
      message: password.toWellFormed().normalize('NFKC'),
      nonce,
      tagLength: hashBytes,
      ...parameters,
    }),
  )

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) {
    if (waiting.length >= maxWaiting) throw new RequestRefused(tooBusy)
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    running++
  }
  try {
    return await work()
  } finally {
    // The turn goes straight to the next in line, so nobody can slip in between.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

const tooBusy = {
  status: 503,
  code: 'sign-in-busy',
  message: 'Very many people are signing in right now. Try again in a moment.',
}
