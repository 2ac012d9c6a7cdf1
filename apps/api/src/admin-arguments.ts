import { parseArgs } from 'node:util'
import { cleanLine, countCharacters } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'

export const adminUsage = `Makes the first administrator, with a primary account that may publish integration packs.

  pnpm admin:create -- --email ada@example.com --account "Orchard Integrations"

  --email ADDRESS      whom to sign in as (needed)
  --account NAME       what the account is called (needed)
  --first-name NAME, --last-name NAME
  --existing           the address has a user already: they become the administrator and keep their password
  --generate           makes a password and prints it once, without asking

The password is asked for in a terminal, and otherwise read from standard input. The database is the one that
DATABASE_URL names, or the embedded one in DATA_DIR; stop Packline first if it is the embedded one.`

const line = (limit: number) =>
  z
    .string()
    .transform(cleanLine)
    .refine((text) => countCharacters(text) <= limit, `may have at most ${limit} characters`)
const needed = (limit: number) => line(limit).refine((text) => text !== '', 'must not be empty')

const values = z.object({
  email: z.string('is needed').transform(cleanLine).pipe(z.email('must look like ada@example.com').max(320)),
  account: z.string('is needed').pipe(needed(255)),
  'first-name': line(100).default(''),
  'last-name': line(100).default(''),
  existing: z.boolean().default(false),
  generate: z.boolean().default(false),
})

export type AdminArguments =
  | { kind: 'options'; options: z.infer<typeof values> }
  | { kind: 'help' }
  | { kind: 'refused'; problems: string[] }

/** Reads the command's arguments whole: every wrong one is named at once. */
export function readAdminArguments(args: readonly string[]): AdminArguments {
  try {
    const given = parseArgs({
      // pnpm hands the two dashes on that separate its own arguments.
      args: args.filter((arg, index) => !(index === 0 && arg === '--')),
      options: {
        email: { type: 'string' },
        account: { type: 'string' },
        'first-name': { type: 'string' },
        'last-name': { type: 'string' },
        existing: { type: 'boolean' },
        generate: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
    if (given.help) return { kind: 'help' }
    const parsed = values.safeParse(given)
    if (parsed.success) return { kind: 'options', options: parsed.data }
    return {
      kind: 'refused',
      problems: parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`),
    }
  } catch (error) {
    return { kind: 'refused', problems: [error instanceof Error ? error.message : String(error)] }
  }
}
