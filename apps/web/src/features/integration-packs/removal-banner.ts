import { showBanner } from '../../ui/banner-shelf.tsx'

type Removal = { packName: string; componentId: string; componentName: string; undo: () => Promise<void> }

const shown = new Map<string, () => void>()

/** Says what was removed and offers to take it back. */
export function showRemovalBanner({ packName, componentId, componentName, undo }: Removal) {
  const dismiss = showBanner({
    text: `${componentName} leaves “${packName}” with the next release.`,
    action: { label: 'Undo', run: undo },
  })
  shown.set(componentId, dismiss)
}

/** Taken back in the table: there is nothing left to undo. */
export function dismissRemovalBanner(componentId: string) {
  shown.get(componentId)?.()
  shown.delete(componentId)
}
