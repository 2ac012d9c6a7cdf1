import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const unitTests = 'src/**/*.test.{ts,tsx}'

/** Unit and API tests: `pnpm unit`, or one project of them with `pnpm unit --project api`. */
export default defineConfig({
  test: {
    // Two cores are what every machine of ours has; more workers only make time limits ring.
    maxWorkers: 2,
    retry: 0,
    projects: [
      { test: { name: 'domain', root: 'packages/domain', include: [unitTests], env: { TZ: 'UTC' } } },
      { test: { name: 'contract', root: 'packages/contract', include: [unitTests], env: { TZ: 'UTC' } } },
      { test: { name: 'quality', root: 'packages/quality', include: [unitTests], testTimeout: 30_000 } },
      {
        test: {
          name: 'api',
          root: 'apps/api',
          include: [unitTests],
          env: { TZ: 'UTC' },
          // Starts PostgreSQL once per run; each test file works in its own copy of a template database.
          globalSetup: existsSync('apps/api/src/test/global-setup.ts') ? ['src/test/global-setup.ts'] : [],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: './apps/web/vite.config.ts',
        test: {
          name: 'web',
          root: 'apps/web',
          include: [unitTests],
          environment: 'jsdom',
          // A zone 12:45 or 13:45 ahead: whatever quietly formats in the host's zone comes out visibly wrong.
          env: { TZ: 'Pacific/Chatham' },
        },
      },
    ],
  },
})
