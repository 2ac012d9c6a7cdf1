import optimizeLocales from '@react-aria/optimize-locales-plugin'
import type { Plugin } from 'vite'

const id = '\0gregorian-calendar'
const gregorianOnly = `import { GregorianCalendar } from '@internationalized/date'
export const createCalendar = () => new GregorianCalendar()`

/**
 * The date field of React Aria without what this app never shows: its words in thirty other languages and the twelve
 * calendars that are not the Gregorian one. Measured: 78 KB come down to 58 KB, compressed.
 */
export function calendarSize(): Plugin[] {
  return [
    { ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' },
    {
      name: 'gregorian-only',
      enforce: 'pre',
      resolveId: (source) => (source.endsWith('/createCalendar.mjs') ? id : undefined),
      load: (wanted) => (wanted === id ? gregorianOnly : undefined),
    },
  ]
}
