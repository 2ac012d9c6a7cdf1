import type { Plugin } from 'vite'
import { urlOf } from './src/request.ts'

/**
 * A second `index.html` for whoever is signed in: it names the scripts that every screen needs besides the entry, so that
 * they come at the same time. Otherwise the browser hears of them once the entry has run.
 */
export function signedInPage(): Plugin {
  return {
    name: 'signed-in-page',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
        const shell = chunks.find(({ moduleIds }) =>
          moduleIds.some((id) => id.endsWith('/src/shell/shell.route.tsx')),
        )
        const page = bundle['index.html']
        if (!shell || page?.type !== 'asset')
          throw new Error('The build has no shell, or no page to show it in')
        const html = page.source.toString()
        const needed = chunks.filter(
          ({ fileName }) =>
            (fileName === shell.fileName || shell.imports.includes(fileName)) && !html.includes(fileName),
        )
        const asked = `<link rel="preload" as="fetch" crossorigin href="${urlOf('getSession')}">`
        const links = needed.map(
          ({ fileName }) => `<link rel="modulepreload" crossorigin href="/${fileName}">`,
        )
        this.emitFile({
          type: 'asset',
          fileName: 'signed-in.html',
          source: html.replace(
            '  </head>',
            `${[asked, ...links].map((link) => `    ${link}\n`).join('')}  </head>`,
          ),
        })
      },
    },
  }
}
