import { z } from 'zod'

import type { Screen } from './list-screens.ts'

/** As the build lists its scripts; see `list-chunks.ts` of the web app. */
export const chunkList = z.array(
  z.object({
    fileName: z.string(),
    isEntry: z.boolean(),
    modules: z.array(z.string()),
    imports: z.array(z.string()),
  }),
)
export type Chunk = z.infer<typeof chunkList>[number]

export type Weight = { name: string; scripts: number }

/** Compressed bytes that come with a page before it shows anything, and of each script that comes later on demand. */
export function weighScreens(
  screens: readonly Screen[],
  chunks: readonly Chunk[],
  bytesOf: (fileName: string) => number,
): { screens: Weight[]; later: { fileName: string; bytes: number }[] } {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const total = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + bytesOf(file), 0)

  function withImports(chunk: Chunk, found = new Set<Chunk>()): Set<Chunk> {
    if (found.has(chunk)) return found
    found.add(chunk)
    for (const file of chunk.imports) {
      const imported = byFile.get(file)
      if (imported) withImports(imported, found)
    }
    return found
  }

  function chunkOf(module: string): Chunk {
    const chunk = chunks.find(({ modules }) => modules.includes(module))
    if (!chunk) throw new Error(`The build has no script with ${module}.`)
    return chunk
  }

  const entries = chunks.filter(({ isEntry }) => isEntry)
  const initial = new Set(entries.flatMap((entry) => [...withImports(entry)]))
  const weights = screens.map(({ name, modules }) => {
    const loaded = new Set(initial)
    for (const module of modules) for (const chunk of withImports(chunkOf(module))) loaded.add(chunk)
    return { name, scripts: total([...loaded].map(({ fileName }) => fileName)) }
  })
  const later = chunks
    .filter((chunk) => !initial.has(chunk))
    .map(({ fileName }) => ({ fileName, bytes: bytesOf(fileName) }))
  return { screens: weights, later }
}
