import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { calendarSize } from './calendar-size.ts'
import { compressed } from './compressed.ts'
import { listChunks } from './list-chunks.ts'
import { screenFiles } from './screen-files.ts'
import { signedInPage } from './signed-in-page.ts'
import { themeCss } from './theme-css.ts'

// Left to itself the bundler makes some sixty shared chunks, most below a kilobyte. What every page or nearly every screen
// needs is one chunk each; the rest stays with the screens that use it.
const onEveryPage =
  /\/src\/(shell\/(brand|entry-)|ui\/(page-heading|form-errors|empty-state|loading|live-region|text-link)\.|lib\/(api-problem|problem-message)\.|session-query|paths)|\/react-query\/build\/modern\/use(Mutation|Query)\./
const onEveryScreen =
  /\/src\/(shell\/shell\.route|session\.ts|business-time|lib\/(dates|use-url-state|idempotency-key|field-problems|send-once)\.|ui\/(data-table|error-state|status-badge|banner|why-not|button-link|link-button|search-field|pagination|dialog|lazy-dialog|confirm-dialog|side-panel|dialog-actions|disclosure|moment|fact-list|page-tabs|filter-bar|refused-address)\.)|\/NativeSelect\//

export default defineConfig({
  plugins: [calendarSize(), react(), themeCss(), listChunks(), screenFiles(), signedInPage(), compressed()],
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://127.0.0.1:3000' } },
  build: {
    outDir: 'dist',
    target: 'es2023',
    sourcemap: false,
    // A font or picture written into the stylesheet would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', tags: ['$initial'], priority: 3 },
            { name: 'start', test: onEveryPage, priority: 2 },
            { name: 'console', test: onEveryScreen, priority: 1 },
          ],
        },
      },
    },
  },
})
