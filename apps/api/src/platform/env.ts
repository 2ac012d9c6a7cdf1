import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'

const yesNo = z
  .enum(['true', 'false', '1', '0', 'on', 'off'], 'must be true or false')
  .transform((text) => text === 'true' || text === '1' || text === 'on')

/** An empty variable means the same as an absent one: shells and service files produce both. */
const withoutEmpty = (source: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''))

const isAddress = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/')
  const longest = isIP(address) === 4 ? 32 : 128
  const isPrefix = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest)
  return isIP(address) !== 0 && rest.length === 0 && isPrefix
}

/** Sign-in goes through it, so nobody on the way may listen; a provider on this machine needs no certificate. */
const isIssuer = (text: string) => {
  const url = URL.parse(text)
  if (url?.search !== '' || url.hash !== '') return false
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  )
}

const mailAddress = /^[^\s<>@",;]+@[^\s<>@",;]+$/
/** `packline@example.com` or `Packline <packline@example.com>`. */
function readSender(text: string) {
  const [, name = '', address = ''] = /^"?([^"<>\r\n]*?)"?\s*<([^<>]*)>$/.exec(text.trim()) ?? [
    text,
    '',
    text.trim(),
  ]
  return mailAddress.test(address) ? { name: name.trim(), address } : undefined
}

const secretsKeyForm =
  'must be 32 random bytes in base64, as `openssl rand -base64 32` prints; behind a comma those used before'

const variables = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).optional(),
    PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string().default('./.data'),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'must look like postgresql://user:password@host:5432/database',
      })
      .optional(),
    MIGRATION_DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'must look like postgresql://owner:password@host:5432/database',
      })
      .optional(),
    SECRETS_KEY: z
      .string()
      .transform((list) => list.split(',').map((one) => Buffer.from(one.trim(), 'base64')))
      .refine((keys) => keys.every(({ byteLength }) => byteLength === 32), secretsKeyForm)
      .optional(),
    DEMO: yesNo.optional(),
    DEMO_ATOMS: yesNo.optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must look like https://packline.example.com' })
      .optional(),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@mail.example.com:587' })
      .optional(),
    MAIL_FROM: z
      .string()
      .refine((text) => readSender(text), 'must look like Packline <packline@example.com>')
      .optional(),
    OIDC_ISSUER: z.string().refine(isIssuer, 'must look like https://login.example.com').optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_LABEL: z.string().max(60, 'may have at most 60 characters').optional(),
    WEBHOOK_ALLOWED_NETWORKS: z
      .string()
      .transform((list) => list.split(',').map((one) => one.trim()))
      .refine((list) => list.every(isAddress), 'must be addresses or networks such as 10.20.0.0/16,10.0.0.5')
      .optional(),
    WEBHOOK_ALLOW_HTTP: yesNo.optional(),
    TRUSTED_PROXIES: z
      .string()
      .transform((list) => list.split(',').map((one) => one.trim()))
      .refine((list) => list.every(isAddress), 'must be addresses or networks such as 10.0.0.5,10.1.0.0/16')
      .refine(
        (list) => !list.some((one) => /\/0+$/.test(one)),
        'must name your proxies: with every address in it anybody could say where they come from',
      )
      .optional(),
    PLATFORM_API_REQUESTS_PER_SECOND: z.coerce
      .number('must be a whole number')
      .int()
      .min(1)
      .max(100_000)
      .default(10),
    METRICS_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).optional(),
    METRICS_HOST: z.string().optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .url({ protocol: /^https?$/, error: 'must look like http://collector.example.com:4318' })
      .optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  })
  .check((context) => {
    const { DEMO, NODE_ENV, DATABASE_URL, MIGRATION_DATABASE_URL, SMTP_URL, MAIL_FROM, PUBLIC_URL } =
      context.value
    const refuse = (path: string, message: string) =>
      context.issues.push({ code: 'custom', path: [path], message, input: context.value })

    if (MIGRATION_DATABASE_URL && !DATABASE_URL)
      refuse('DATABASE_URL', 'is needed with MIGRATION_DATABASE_URL: requests are never served as the owner')
    if (SMTP_URL && !MAIL_FROM) refuse('MAIL_FROM', 'is needed with SMTP_URL: mail has to come from somebody')
    if (MAIL_FROM && !SMTP_URL) refuse('SMTP_URL', 'is needed with MAIL_FROM: mail needs a server to go to')
    if (SMTP_URL && !PUBLIC_URL)
      refuse('PUBLIC_URL', 'is needed with SMTP_URL: mail has links to this server')

    if (context.value.METRICS_HOST && context.value.METRICS_PORT === undefined)
      refuse('METRICS_PORT', 'is needed with METRICS_HOST: measurements have a port of their own')

    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_LABEL } = context.value
    const needed = Object.entries({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL })
    const isOidcNamed = [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_LABEL].some(Boolean)
    for (const [name, value] of isOidcNamed ? needed : []) {
      if (!value)
        refuse(
          name,
          'is needed for single sign-on: all of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL',
        )
    }

    if (NODE_ENV !== 'production') return
    if (DEMO) refuse('DEMO', 'cannot be on with NODE_ENV=production: its users have published passwords')
    if (!DATABASE_URL && DEMO !== false)
      refuse(
        'DATABASE_URL',
        'is needed with NODE_ENV=production, or set DEMO=false to use the embedded database',
      )
  })

export type Env = {
  isProduction: boolean
  port: number
  host: string
  dataDir: string
  /** Undefined: the embedded PostgreSQL server in the data directory. */
  databaseUrl: string | undefined
  /** Who owns that database and migrates it; undefined: the same user. */
  migrationDatabaseUrl: string | undefined
  /** The first one seals. Undefined: a key of its own in the data directory. */
  secretsKeys: readonly [Buffer, ...Buffer[]] | undefined
  demo: boolean
  /** Atoms of the demo's accounts run beside it. */
  demoAtoms: boolean
  publicUrl: string | undefined
  /** Undefined: no mail is sent. */
  mail: { smtpUrl: string; from: { name: string; address: string } } | undefined
  /** Undefined: people sign in by password only. */
  oidc: { issuer: string; clientId: string; clientSecret: string; label: string } | undefined
  webhooks: {
    /** Targets in these networks are fine, although nobody outside could reach them. */
    allowedNetworks: string[]
    allowsHttp: boolean
  }
  /** Whose word on a request's origin is taken; nobody's by default. */
  trustedProxies: string[]
  /** Of each account through the Platform API, in this instance. */
  platformApiRate: number
  /** Where measurements can be read, apart from everything people reach; undefined: nothing is measured. */
  metrics: { host: string; port: number } | undefined
  /** Where spans are sent; undefined: nothing is traced. */
  tracesEndpoint: string | undefined
  logLevel: string
}

/** Whether browsers come over HTTPS: in production they do, unless its address says otherwise. */
export const isOverHttps = ({ isProduction, publicUrl }: Pick<Env, 'isProduction' | 'publicUrl'>): boolean =>
  publicUrl === undefined ? isProduction : publicUrl.startsWith('https:')

export type EnvOutcome = { kind: 'ok'; env: Env } | { kind: 'refused'; problems: string[] }

/** Reads the configuration whole: every wrong variable is named at once, with what it must look like. */
export function readEnv(source: NodeJS.ProcessEnv): EnvOutcome {
  const parsed = variables.safeParse(withoutEmpty(source))
  if (!parsed.success) {
    return {
      kind: 'refused',
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    }
  }
  const { NODE_ENV, PORT, HOST, DATA_DIR, DATABASE_URL, SECRETS_KEY, DEMO, DEMO_ATOMS } = parsed.data
  const { PUBLIC_URL, TRUSTED_PROXIES, LOG_LEVEL, SMTP_URL, MAIL_FROM, PLATFORM_API_REQUESTS_PER_SECOND } =
    parsed.data
  const { WEBHOOK_ALLOWED_NETWORKS, WEBHOOK_ALLOW_HTTP, METRICS_PORT, METRICS_HOST } = parsed.data
  const from = MAIL_FROM === undefined ? undefined : readSender(MAIL_FROM)
  const demo = DEMO ?? DATABASE_URL === undefined
  return {
    kind: 'ok',
    env: {
      isProduction: NODE_ENV === 'production',
      port: PORT,
      host: HOST,
      dataDir: resolve(DATA_DIR),
      databaseUrl: DATABASE_URL,
      migrationDatabaseUrl: parsed.data.MIGRATION_DATABASE_URL,
      secretsKeys: firstAndRest(SECRETS_KEY),
      demo,
      demoAtoms: demo && (DEMO_ATOMS ?? true),
      publicUrl: PUBLIC_URL,
      mail: SMTP_URL && from ? { smtpUrl: SMTP_URL, from } : undefined,
      oidc: oidcOf(parsed.data),
      webhooks: { allowedNetworks: WEBHOOK_ALLOWED_NETWORKS ?? [], allowsHttp: WEBHOOK_ALLOW_HTTP ?? demo },
      trustedProxies: TRUSTED_PROXIES ?? [],
      platformApiRate: PLATFORM_API_REQUESTS_PER_SECOND,
      metrics:
        METRICS_PORT === undefined ? undefined : { host: METRICS_HOST ?? '127.0.0.1', port: METRICS_PORT },
      tracesEndpoint: parsed.data.OTEL_EXPORTER_OTLP_ENDPOINT,
      // Whoever tries the demo in a terminal wants to see its address, not every request.
      logLevel: LOG_LEVEL ?? (demo ? 'warn' : 'info'),
    },
  }
}

const firstAndRest = ([first, ...rest]: readonly Buffer[] = []): Env['secretsKeys'] =>
  first && [first, ...rest]

function oidcOf({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_LABEL: label = 'Sign in with single sign-on',
}: z.infer<typeof variables>): Env['oidc'] {
  // All or none: what is half set has been refused.
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, label } : undefined
}
