import { join } from 'node:path'

import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

/** Unit and API tests: `pnpm unit`, or one project of them with `pnpm unit --project api`. */
export default defineConfig({
  test: {
    // Two cores are what every machine of ours has; more workers only make time limits ring.
    maxWorkers: 2,
    retry: 0,
    projects: [
      inNode('domain', 'packages/domain'),
      inNode('contract', 'packages/contract'),
      inNode('quality', 'packages/quality', { testTimeout: 30_000 }),
      // Runs the agent as a process of its own against a server of the test's own.
      inNode('atom', 'apps/atom', { testTimeout: 30_000 }),
      inNode('api', 'apps/api', {
        // Starts PostgreSQL once per run; each test file works in its own copy of a template database.
        globalSetup: [join(import.meta.dirname, 'apps/api/src/test/global-setup.ts')],
        setupFiles: [join(import.meta.dirname, 'apps/api/src/test/after-each-file.ts')],
        testTimeout: 20_000,
        hookTimeout: 60_000,
      }),
      {
        extends: './apps/web/vite.config.ts',
        test: {
          name: 'web',
          root: 'apps/web',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          // Through Vite, so that dates are tested as the built app formats them: without what `date-size.ts` leaves out.
          server: { deps: { inline: [/\/date-fns/] } },
          // A zone 12:45 or 13:45 ahead: whatever quietly formats in the host's zone comes out visibly wrong.
          env: { TZ: 'Pacific/Chatham' },
        },
      },
    ],
  },
})

type TestSettings = TestProjectInlineConfiguration['test']

function inNode(name: string, root: string, settings: TestSettings = {}): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      root,
      include: ['src/**/*.test.ts'],
      env: { TZ: 'UTC' },
      // Modules are loaded as Node loads them in earnest, without Vite in between.
      experimental: { viteModuleRunner: false },
      // And once a worker: to load the server anew for each file costs as much as its tests. No module keeps state.
      isolate: false,
      ...settings,
    },
  }
}
