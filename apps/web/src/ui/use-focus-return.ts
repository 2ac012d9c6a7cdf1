import { useLayoutEffect } from 'react'
import { focusNear } from './focus-near.ts'

/** How long it is looked, and how often: a closed dialog fades out, on a busy machine slowly, and takes the focus along. */
const watchedMillis = 2_000
const lookMillis = 50

/**
 * Gives the focus back to where it came from when something closes. Mantine's own way misses a dialog that is open when
 * it is first mounted, as every dialog is whose code is loaded by opening it.
 */
export function useFocusReturn(isOpen: boolean) {
  useLayoutEffect(() => {
    if (!isOpen) return undefined
    const from = document.activeElement
    const row = from?.closest('tr') ?? null
    return () => {
      const atClose = document.activeElement
      const closedAt = performance.now()
      const giveBack = (lost: readonly (Element | null)[]) => {
        const isLost = lost.includes(document.activeElement)
        if (isLost && from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
        else if (isLost) focusNear(row)
        if (performance.now() - closedAt < watchedMillis) setTimeout(giveBack, lookMillis, [document.body])
      }
      setTimeout(giveBack, 10, [document.body, atClose])
    }
  }, [isOpen])
}
