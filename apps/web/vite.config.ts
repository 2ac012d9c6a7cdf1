import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { calendarSize } from './calendar-size.ts'
import { compressed } from './compressed.ts'
import { dateSize } from './date-size.ts'
import { fontWeights } from './font-weights.ts'
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
    fontWeights(),
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
    // One stylesheet: those of the screens are small, and on a phone each handful of requests costs a round trip.
    cssCodeSplit: false,
    // A font or picture written into the stylesheet would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { codeSplitting: { groups: scriptGroups } },
    },
  },
})
