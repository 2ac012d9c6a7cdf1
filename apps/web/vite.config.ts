import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { calendarSize } from './calendar-size.ts'
import { compressed } from './compressed.ts'
import { dateSize } from './date-size.ts'
import { listChunks } from './list-chunks.ts'
import { screenFiles } from './screen-files.ts'
import { scriptGroups } from './script-groups.ts'
import { signedInPage } from './signed-in-page.ts'
import { steadyIds } from './steady-ids.ts'
import { themeCss } from './theme-css.ts'

export default defineConfig({
  plugins: [
    calendarSize(),
    dateSize(),
    steadyIds(),
    react(),
    themeCss(),
    listChunks(),
    screenFiles(),
    signedInPage(),
    compressed(),
  ],
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
          groups: [{ name: 'base', tags: ['$initial'], priority: 100 }, ...scriptGroups],
        },
      },
    },
  },
})
