import { useLayoutEffect } from 'react'
import { focusNear } from './focus-near.ts'

/** After this long a closed dialog has faded out and is gone, in milliseconds. */
const fadedOut = 300

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
      const giveBack = (lost: readonly (Element | null)[]) => {
        const isLost = document.activeElement === document.body || lost.includes(document.activeElement)
        if (!isLost) return
        if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
        else focusNear(row)
      }
      setTimeout(() => giveBack([atClose]), 10)
      setTimeout(() => giveBack([]), fadedOut)
    }
  }, [isOpen])
}
