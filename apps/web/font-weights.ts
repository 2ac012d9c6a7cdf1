import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** Those that stylesheets ask for; a lighter or bolder one would look like the nearest of these. */
const weights = { min: 400, max: 700 }
const latin = /\/inter-latin-wght-normal-[^/]+\.woff2$/

/**
 * Leaves out of the font that every page loads the weights that none shows, more than a third of it. What it looks like
 * stays, so it may keep its name.
 */
export function fontWeights(): Plugin {
  return {
    name: 'font-weights',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const font = Object.values(bundle).find(({ fileName }) => latin.test(fileName))
      if (font?.type !== 'asset') throw new Error('The build has no font for Latin letters')
      font.source = await subsetFont(Buffer.from(font.source), latinLetters(), {
        targetFormat: 'woff2',
        variationAxes: { wght: weights },
      })
    },
  }
}

/** Every letter that the stylesheet says the font is for. */
function latinLetters(): string {
  const file = createRequire(import.meta.url).resolve('@fontsource-variable/inter/unicode.json')
  const ranges = JSON.parse(readFileSync(file, 'utf8')) as { latin: string }
  return ranges.latin
    .split(',')
    .flatMap((range) => {
      const [first = 0, last = first] = range
        .replace('U+', '')
        .split('-')
        .map((code) => Number.parseInt(code, 16))
      return Array.from({ length: last - first + 1 }, (_, place) => String.fromCodePoint(first + place))
    })
    .join('')
}
