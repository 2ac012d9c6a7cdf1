import { useLayoutEffect, useRef } from 'react'
import { focusNear } from './focus-near.ts'

/** When and how often it is looked: a closed dialog fades out, on a busy machine slowly, and takes the focus along. */
const firstLookMillis = 10
const lookMillis = 50
/** How long it is looked at least, and at most where what closed does not go from the page. */
const watchedMillis = 2_000
const longestMillis = 10_000

/**
 * Gives the focus back to where it came from when something closes. Mantine's own way misses a dialog that is open when
 * it is first mounted, as every dialog is whose code is loaded by opening it.
 */
export function useFocusReturn(isOpen: boolean) {
  const look = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLayoutEffect(() => {
    if (!isOpen) return undefined
    // Opened again, it keeps the focus that the last closing would give back.
    clearTimeout(look.current)
    const from = document.activeElement
    const row = from?.closest('tr') ?? null
    return () => {
      const atClose = document.activeElement
      const closing = atClose?.closest('[role="dialog"]') ?? null
      const closedAt = performance.now()
      const giveBack = () => {
        const focused = document.activeElement
        const isLost = focused === document.body || focused === atClose || closing?.contains(focused) === true
        if (isLost) focusAgain(from, row)
        const watchedFor = performance.now() - closedAt
        if (watchedFor < (closing?.isConnected === true ? longestMillis : watchedMillis)) {
          look.current = setTimeout(giveBack, lookMillis)
        }
      }
      look.current = setTimeout(giveBack, firstLookMillis)
    }
  }, [isOpen])
}

/** On what had the focus; on what is there in its place under its id, or near it, where it was drawn anew or is gone. */
function focusAgain(from: Element | null, row: Element | null) {
  const there = from?.isConnected === true ? from : from?.id ? document.getElementById(from.id) : null
  if (there instanceof HTMLElement) there.focus({ preventScroll: true })
  else focusNear(row)
}
