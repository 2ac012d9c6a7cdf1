import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { calendarSize } from './calendar-size.ts'
import { themeCss } from './theme-css.ts'

export default defineConfig({
  plugins: [calendarSize(), react(), themeCss()],
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://127.0.0.1:3000' } },
  build: {
    outDir: 'dist',
    target: 'es2023',
    sourcemap: false,
    // A font or picture written into the stylesheet would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
  },
})
