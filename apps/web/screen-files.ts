import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RouteObject } from 'react-router'
import type { Plugin, Rolldown } from 'vite'

/** What a screen loads once the page stands, as a browser may be told beforehand. */
export type ScreenFiles = {
  /** As the router writes it: `/integration-packs/:packId`. */
  pattern: string
  scripts: string[]
}

/**
 * Writes down for each address which scripts its screen needs, so that the server can name them together with the page.
 * Otherwise the browser hears of them once the entry has run and the session is there. In a folder whose name begins with
 * a dot, which is not served.
 */
export function screenFiles(): Plugin {
  let source = ''
  return {
    name: 'screen-files',
    apply: 'build',
    configResolved: ({ root }) => {
      source = join(root, 'src')
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
        // Read as it is: the address is not known to whoever bundles this file, so the screens stay out of it.
        const { screens } = (await import(pathToFileURL(join(source, 'screens.ts')).href)) as {
          screens: RouteObject[]
        }
        const files = branchesOf(screens).map(({ pattern, modules }) => ({
          pattern,
          scripts: scriptsOf(
            chunks,
            modules.map((module) => join(source, module)),
          ),
        }))
        this.emitFile({
          type: 'asset',
          fileName: '.build/screens.json',
          source: JSON.stringify(files satisfies ScreenFiles[]),
        })
      },
    },
  }
}

type Branch = { pattern: string; modules: string[] }

/** Each address with the modules of all the screens around it, the outermost first. */
function branchesOf(routes: readonly RouteObject[], outer: Branch = { pattern: '', modules: [] }): Branch[] {
  return routes.flatMap((route) => {
    const own = { pattern: route.path ?? outer.pattern, modules: [...outer.modules, ...modulesOf(route)] }
    // The address of a screen with others inside is that of the one shown first there, which has none of its own.
    return route.children ? branchesOf(route.children, own) : [own]
  })
}

function modulesOf({ path, lazy }: RouteObject): string[] {
  if (lazy === undefined) return []
  const written = typeof lazy === 'function' ? lazy.toString() : ''
  const [, module] = /import\(['"]\.\/(.+?)['"]\)/.exec(written) ?? []
  if (module === undefined) throw new Error(`The screen at ${path} is not loaded as the others are`)
  return [module]
}

function scriptsOf(chunks: readonly Rolldown.OutputChunk[], modules: readonly string[]): string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const needed = new Set<Rolldown.OutputChunk>()
  const take = (chunk: Rolldown.OutputChunk | undefined) => {
    // What the entry brings is in the page itself.
    if (!chunk || chunk.isEntry || needed.has(chunk)) return
    needed.add(chunk)
    for (const name of chunk.imports) take(byName.get(name))
  }
  for (const module of modules) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(module))
    if (!chunk) throw new Error(`The build has no script with ${module}`)
    take(chunk)
  }
  return [...needed].map(({ fileName }) => `/${fileName}`)
}
