import type { AddableComponent } from '@packline/contract/integration-packs.ts'

export type Folder = {
  path: string
  name: string
  folders: Folder[]
  components: AddableComponent[]
}

/** Components in the folders they lie in; the root holds those without one. Folders come by name. */
export function folderTree(components: readonly AddableComponent[]): Folder {
  const root: Folder = { path: '', name: '', folders: [], components: [] }
  const known = new Map([['', root]])
  for (const component of components) {
    folderAt(known, root, component.folder).components.push(component)
  }
  for (const { folders } of known.values()) folders.sort((a, b) => (a.name < b.name ? -1 : 1))
  return root
}

function folderAt(known: Map<string, Folder>, root: Folder, folder: string): Folder {
  let parent = root
  for (const name of folder.split('/').filter((part) => part.trim() !== '')) {
    const path = `${parent.path}/${name}`
    const next = known.get(path) ?? { path, name: name.trim(), folders: [], components: [] }
    if (!known.has(path)) {
      known.set(path, next)
      parent.folders.push(next)
    }
    parent = next
  }
  return parent
}

/** Every component in a folder and below that can still be added. */
export function addableIn({ folders, components }: Folder): AddableComponent[] {
  return [...components.filter(({ isInPack }) => !isInPack), ...folders.flatMap(addableIn)]
}
