import type { Plugin } from 'vite'

const asReactGivesThem = `import { useId as useReactId } from 'react'
export function useId(given) {
  const own = useReactId()
  return typeof given === 'string' ? given : own
}`

/**
 * The ids of Mantine's fields as React gives them. Mantine gives each field a second one once it is there, also where it
 * has been told one, so that every screen is drawn twice before it is shown. Measured: a sixth of what drawing the list
 * of packaged components takes.
 */
export function steadyIds(): Plugin {
  let isFound = false
  return {
    name: 'steady-ids',
    apply: 'build',
    enforce: 'pre',
    load: (id) => {
      if (!id.endsWith('/@mantine/hooks/esm/use-id/use-id.mjs')) return undefined
      isFound = true
      return asReactGivesThem
    },
    buildEnd(error) {
      if (!error && !isFound) this.error('Mantine no longer keeps its ids where steady-ids.ts replaces them')
    },
  }
}
