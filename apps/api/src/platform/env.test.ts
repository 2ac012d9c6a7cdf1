import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const databaseUrl = 'postgresql://packline:secret@db.example:5432/packline'

function problemsOf(source: NodeJS.ProcessEnv) {
  const outcome = readEnv(source)
  return outcome.kind === 'refused' ? outcome.problems : []
}

function envOf(source: NodeJS.ProcessEnv) {
  const outcome = readEnv(source)
  if (outcome.kind === 'refused') throw new Error(outcome.problems.join('; '))
  return outcome.env
}

test('nothing set: the demo with its embedded database, for this machine only', () => {
  expect(envOf({})).toEqual({
    isProduction: false,
    port: 3000,
    host: '127.0.0.1',
    dataDir: resolve('.data'),
    databaseUrl: undefined,
    migrationDatabaseUrl: undefined,
    secretsKeys: undefined,
    demo: true,
    demoAtoms: true,
    publicUrl: undefined,
    mail: undefined,
    oidc: undefined,
    webhooks: { allowedNetworks: [], allowsHttp: true },
    trustedProxies: [],
    platformApiRate: 10,
    metrics: undefined,
    tracesEndpoint: undefined,
    logLevel: 'warn',
  })
})

test('everything set', () => {
  const source = {
    NODE_ENV: 'production',
    PORT: '8080',
    HOST: '0.0.0.0',
    DATA_DIR: '/var/lib/packline',
    DATABASE_URL: databaseUrl,
    MIGRATION_DATABASE_URL: 'postgresql://owner:secret@db.example:5432/packline',
    SECRETS_KEY: `${'A'.repeat(43)}=,${'B'.repeat(43)}=`,
    DEMO: 'false',
    PUBLIC_URL: 'https://packline.example.com',
    SMTP_URL: 'smtp://packline:secret@mail.example.com:587',
    MAIL_FROM: 'Packline <packline@example.com>',
    OIDC_ISSUER: 'https://login.example.com',
    OIDC_CLIENT_ID: 'packline',
    OIDC_CLIENT_SECRET: 'hush',
    OIDC_LABEL: 'Sign in with Example',
    WEBHOOK_ALLOWED_NETWORKS: '10.20.0.0/16, fd00::/8',
    TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16',
    PLATFORM_API_REQUESTS_PER_SECOND: '50',
    METRICS_PORT: '9464',
    METRICS_HOST: '10.0.0.7',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://10.0.0.9:4318',
    LOG_LEVEL: 'warn',
  }
  expect(envOf(source)).toEqual({
    isProduction: true,
    port: 8080,
    host: '0.0.0.0',
    dataDir: '/var/lib/packline',
    databaseUrl,
    migrationDatabaseUrl: 'postgresql://owner:secret@db.example:5432/packline',
    secretsKeys: ['A', 'B'].map((letter) => Buffer.from(letter.repeat(43), 'base64')),
    demo: false,
    demoAtoms: false,
    publicUrl: 'https://packline.example.com',
    mail: {
      smtpUrl: 'smtp://packline:secret@mail.example.com:587',
      from: { name: 'Packline', address: 'packline@example.com' },
    },
    oidc: {
      issuer: 'https://login.example.com',
      clientId: 'packline',
      clientSecret: 'hush',
      label: 'Sign in with Example',
    },
    webhooks: { allowedNetworks: ['10.20.0.0/16', 'fd00::/8'], allowsHttp: false },
    trustedProxies: ['10.0.0.5', '10.1.0.0/16'],
    platformApiRate: 50,
    metrics: { host: '10.0.0.7', port: 9464 },
    tracesEndpoint: 'http://10.0.0.9:4318',
    logLevel: 'warn',
  })
})

test('an empty variable is as good as none', () => {
  const empty = {
    PORT: '',
    HOST: ' ',
    DATA_DIR: '',
    DATABASE_URL: '',
    DEMO: '',
    PUBLIC_URL: '',
    LOG_LEVEL: '',
  }
  expect(readEnv(empty)).toEqual(readEnv({}))
})

test.each([
  [{ DATABASE_URL: databaseUrl }, false],
  [{ DATABASE_URL: databaseUrl, DEMO: 'true' }, true],
  [{ DATABASE_URL: databaseUrl, DEMO: 'on' }, true],
  [{ DEMO: 'false' }, false],
  [{ DEMO: '0' }, false],
  [{ DEMO: '1' }, true],
])('the demo with %j: %s', (source, expected) => {
  expect(envOf(source).demo).toBe(expected)
})

test('measurements stay on this machine unless they are told otherwise', () => {
  expect(envOf({ METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 })
  expect(problemsOf({ METRICS_HOST: '0.0.0.0' })).toEqual([
    'METRICS_PORT is needed with METRICS_HOST: measurements have a port of their own',
  ])
})

test('outside the demo the log tells of every request, unless it is told otherwise', () => {
  expect(envOf({ DATABASE_URL: databaseUrl }).logLevel).toBe('info')
  expect(envOf({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' }).logLevel).toBe('error')
})

test.each([
  ['PORT', 'http', /^PORT must be a port number/],
  ['PORT', '65536', /^PORT must be a port number/],
  ['PORT', '-1', /^PORT /],
  ['PORT', '80.5', /^PORT /],
  ['DATABASE_URL', 'db.example', /^DATABASE_URL must look like postgresql:\/\//],
  ['DATABASE_URL', 'mysql://db.example/packline', /^DATABASE_URL must look like postgresql:\/\//],
  ['DEMO', 'maybe', /^DEMO must be true or false/],
  ['PUBLIC_URL', 'packline.example.com', /^PUBLIC_URL must look like https:\/\//],
  ['PUBLIC_URL', 'ftp://packline.example.com', /^PUBLIC_URL must look like https:\/\//],
  ['TRUSTED_PROXIES', 'true', /^TRUSTED_PROXIES must be addresses/],
  ['TRUSTED_PROXIES', '10.0.0.5;10.0.0.6', /^TRUSTED_PROXIES must be addresses/],
  ['TRUSTED_PROXIES', '10.0.0.0/33', /^TRUSTED_PROXIES must be addresses/],
  ['TRUSTED_PROXIES', '1', /^TRUSTED_PROXIES must be addresses/],
  ['TRUSTED_PROXIES', '10.0.0.5,0.0.0.0/0', /^TRUSTED_PROXIES must name your proxies/],
  ['TRUSTED_PROXIES', '::/0', /^TRUSTED_PROXIES must name your proxies/],
  ['SECRETS_KEY', 'hush', /^SECRETS_KEY must be 32 random bytes in base64/],
  ['SECRETS_KEY', `${'A'.repeat(43)}=,hush`, /^SECRETS_KEY must be 32 random bytes in base64/],
  ['WEBHOOK_ALLOWED_NETWORKS', 'fd00::/129', /^WEBHOOK_ALLOWED_NETWORKS must be addresses/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL /],
  ['NODE_ENV', 'prod', /^NODE_ENV /],
])('%s=%s is refused by name', (name, value, expected) => {
  const problems = problemsOf({ [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(expected)
})

test('all that is wrong is named at once', () => {
  expect(problemsOf({ PORT: 'x', DEMO: 'x', PUBLIC_URL: 'x' })).toHaveLength(3)
})

test('no message repeats the password of a connection string', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://packline:secret@db.example' }).join()).not.toContain('secret')
})

test('in production demo users are refused', () => {
  expect(problemsOf({ NODE_ENV: 'production', DATABASE_URL: databaseUrl, DEMO: 'true' })).toEqual([
    'DEMO cannot be on with NODE_ENV=production: its users have published passwords',
  ])
  expect(readEnv({ NODE_ENV: 'production', DEMO: 'true' }).kind).toBe('refused')
})

test('in production the embedded database is used only when that is said', () => {
  expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
    'DATABASE_URL is needed with NODE_ENV=production, or set DEMO=false to use the embedded database',
  ])
  expect(envOf({ NODE_ENV: 'production', DEMO: 'false' })).toMatchObject({
    demo: false,
    databaseUrl: undefined,
  })
  expect(envOf({ NODE_ENV: 'production', DATABASE_URL: databaseUrl }).demo).toBe(false)
})

test.each([
  [{ OIDC_ISSUER: 'https://login.example' }, ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL']],
  [{ OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b', PUBLIC_URL: 'https://a.example' }, ['OIDC_ISSUER']],
  [
    { OIDC_LABEL: 'Sign in with Example' },
    ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'],
  ],
])('single sign-on is configured whole or not at all: %j', (source, missing) => {
  expect(problemsOf(source)).toEqual(
    missing.map(
      (name) =>
        `${name} is needed for single sign-on: all of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL`,
    ),
  )
})

test.each([
  ['OIDC_ISSUER', 'login.example', 'OIDC_ISSUER must look like https://login.example.com'],
  ['OIDC_ISSUER', 'http://login.example', 'OIDC_ISSUER must look like https://login.example.com'],
  ['OIDC_ISSUER', 'https://login.example?a=b', 'OIDC_ISSUER must look like https://login.example.com'],
  [
    'WEBHOOK_ALLOWED_NETWORKS',
    'intranet',
    'WEBHOOK_ALLOWED_NETWORKS must be addresses or networks such as 10.20.0.0/16,10.0.0.5',
  ],
  ['WEBHOOK_ALLOW_HTTP', 'maybe', 'WEBHOOK_ALLOW_HTTP must be true or false'],
])('%s=%s is refused with what it must look like', (name, value, expected) => {
  expect(problemsOf({ [name]: value })).toContain(expected)
})
