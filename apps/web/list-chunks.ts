import { relative } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Writes which modules each script holds and which scripts come with it, for the check of what a page loads first. In a
 * folder whose name begins with a dot, which is not served.
 */
export function listChunks(): Plugin {
  let root = ''
  return {
    name: 'list-chunks',
    apply: 'build',
    configResolved: (config) => {
      root = config.root
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle)
          .filter((output) => output.type === 'chunk')
          .map(({ fileName, isEntry, moduleIds, imports, dynamicImports }) => ({
            fileName,
            isEntry,
            modules: moduleIds.map((id) => relative(root, id)),
            imports,
            dynamicImports,
          }))
        this.emitFile({ type: 'asset', fileName: '.build/chunks.json', source: JSON.stringify(chunks) })
      },
    },
  }
}
