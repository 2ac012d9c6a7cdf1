import { defineConfig } from '@playwright/test'
import type { Options } from './fixtures/test.ts'
import { freePorts } from './server/free-ports.ts'
import { signOnProvider } from './server/sign-on-provider.ts'
import { type TestServer, testServer } from './server/test-servers.ts'

const [consolePort = 0, clockPort = 0, providerPort = 0] = await freePorts(3)
const consoleServer = testServer('console', () => consolePort)
const clockServer = testServer('clock', () => clockPort)
const { settings: singleSignOn, ...provider } = signOnProvider(() => providerPort, consoleServer.url)

const movesTheClock = /\.clock\.spec\.ts$/
const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Journeys through the real server, the real job and real PostgreSQL, in Chromium. */
export default defineConfig<Options>({
  testDir: '.',
  outputDir: 'test-results',
  workers: 3,
  retries: 0,
  fullyParallel: true,
  // Generous for a machine with two busy cores; a journey takes a few seconds on an idle one.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // For a trace of what happened: `pnpm e2e --trace on`. Always on, it costs as much as the tests.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromiumPath,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
  },
  projects: [
    // One after the other, because these share one clock; first, so that the others run beside them.
    {
      name: 'clock',
      testMatch: movesTheClock,
      workers: 1,
      use: { baseURL: clockServer.url, startsAt: '2027-02-20T12:00:00Z' },
    },
    { name: 'console', testIgnore: movesTheClock, use: { baseURL: consoleServer.url } },
  ],
  webServer: [
    run(consoleServer, singleSignOn),
    run(clockServer),
    // What it warns of is that it is none for production.
    { ...provider, reuseExistingServer: true, stdout: 'ignore', stderr: 'ignore' },
  ],
})

function run({ name, port, dataDir, url }: TestServer, settings: Record<string, string> = {}) {
  return {
    name,
    command: 'node server/run-server.ts',
    url: `${url}/readyz`,
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: 'true',
      // Nothing moves in the seeded data unless a journey moves it.
      DEMO_ATOMS: 'false',
      LOG_LEVEL: 'warn',
      // Journeys receive webhooks on this machine.
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
      DATABASE_URL: '',
      NODE_ENV: 'test',
      ...settings,
    },
    timeout: 90_000,
    // Whoever writes tests can leave servers running and name their ports and folders in the environment.
    reuseExistingServer: true,
    stdout: 'ignore' as const,
    stderr: 'pipe' as const,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 20_000 },
  }
}
