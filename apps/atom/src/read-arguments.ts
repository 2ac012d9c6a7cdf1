import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

export type Options = {
  url: string
  dir: string
  /** Undefined once registered: the credential in `dir` is enough. */
  token: string | undefined
  name: string
  maxParallel: number
  onActivate: { command: string; timeLimitMillis: number } | undefined
  json: boolean
  rotatesCredential: boolean
  stopsWithStdin: boolean
  /** For demonstrations: bytes a second, and one delivery that fails before it succeeds. */
  slowBytesPerSecond: number | undefined
  failsOnce: boolean
}

export type ReadArguments =
  | { kind: 'options'; options: Options }
  | { kind: 'help' }
  | { kind: 'refused'; problems: string[] }

export const usage = `The Packline Atom: fetches and activates what its environment should run.

  npx --yes pnpm atom -- --url http://localhost:3000 --token TOKEN --dir /var/lib/packline-atom

  --url URL                    where Packline runs (needed)
  --dir DIRECTORY              where credential, packages and state are kept (needed)
  --token TOKEN                the one-time token of the install command; needed once.
                               Also read from PACKLINE_ATOM_TOKEN
  --name NAME                  what this node is called; the host's name unless said otherwise
  --max-parallel N             downloads at the same time, 1 to 32 (4)
  --on-activate COMMAND        shell command to run after a release was activated, with PACKLINE_DIRECTORY,
                               PACKLINE_PACK, PACKLINE_INSTALLATION, PACKLINE_ACCOUNT and PACKLINE_RELEASE
  --on-activate-timeout S      how long it may take, in seconds (60)
  --rotate-credential          replaces the credential at start; otherwise done every 30 days
  --json                       logs as JSON lines
  --stop-with-stdin            ends when standard input does, for whoever starts it as a child
  --slow BYTES, --fail-once    for demonstrations: bytes a second; the first delivery fails

Ends with 0 when told to stop, 1 after an unexpected error, 2 for wrong arguments, 3 when the token is refused,
4 when the credential was revoked, 5 when the directory cannot be used.`

const wholeNumber = (least: number, most: number) => {
  const sentence = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d+$/, sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence)
}

const values = z.object({
  url: z
    .url({ protocol: /^https?$/, error: 'must look like https://packline.example.com' })
    .transform((url) => url.replace(/\/+$/, '')),
  dir: z
    .string('is needed')
    .trim()
    .min(1, 'is needed')
    .transform((path) => resolve(path)),
  token: z.string().trim().optional(),
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(100, 'is longer than 100 characters')
    .default(() => hostname().slice(0, 100) || 'node'),
  'max-parallel': wholeNumber(1, 32).default(4),
  'on-activate': z.string().trim().min(1, 'must not be empty').optional(),
  'on-activate-timeout': wholeNumber(1, 86_400).default(60),
  slow: wholeNumber(1, 1_000_000_000).optional(),
})

/** Reads the command line whole and names everything that is wrong with it at once. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): ReadArguments {
  const parsed = parse(args)
  if (parsed.kind === 'refused') return parsed
  const { flags, texts } = parsed
  if (flags.help) return { kind: 'help' }

  const checked = values.safeParse({ ...texts, token: texts.token ?? env['PACKLINE_ATOM_TOKEN'] })
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`)
    return { kind: 'refused', problems }
  }
  const { url, dir, token, name, slow, ...rest } = checked.data
  const command = rest['on-activate']
  return {
    kind: 'options',
    options: {
      url,
      dir,
      token: token || undefined,
      name,
      maxParallel: rest['max-parallel'],
      onActivate: command ? { command, timeLimitMillis: rest['on-activate-timeout'] * 1_000 } : undefined,
      json: flags.json,
      rotatesCredential: flags['rotate-credential'],
      stopsWithStdin: flags['stop-with-stdin'],
      slowBytesPerSecond: slow,
      failsOnce: flags['fail-once'],
    },
  }
}

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const

function parse(args: readonly string[]) {
  try {
    const { values: given } = parseArgs({
      // pnpm hands its own separator on.
      args: args[0] === '--' ? args.slice(1) : [...args],
      options: {
        url: text,
        dir: text,
        token: text,
        name: text,
        'max-parallel': text,
        'on-activate': text,
        'on-activate-timeout': text,
        slow: text,
        json: flag,
        'rotate-credential': flag,
        'stop-with-stdin': flag,
        'fail-once': flag,
        help: flag,
      },
    })
    const { json, help, ...texts } = given
    const flags = {
      json,
      help,
      'rotate-credential': given['rotate-credential'],
      'stop-with-stdin': given['stop-with-stdin'],
      'fail-once': given['fail-once'],
    }
    return { kind: 'parsed' as const, flags, texts }
  } catch (error) {
    return { kind: 'refused' as const, problems: [error instanceof Error ? error.message : String(error)] }
  }
}
