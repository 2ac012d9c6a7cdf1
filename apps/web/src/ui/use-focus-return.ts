import { useLayoutEffect } from 'react'
import { focusNear } from './focus-near.ts'

/** When and how often it is looked: a closed dialog fades out, on a busy machine slowly, and takes the focus along. */
const firstLookMillis = 10
const lookMillis = 50
/** How long it is looked at least, and at most where what closed does not go from the page. */
const watchedMillis = 2_000
const longestMillis = 10_000

/** Where the focus was when something opened, and the table row it was in. */
type Origin = { openedAs: number; from: Element | null; row: Element | null }
/** Something has closed: what had the focus then, and what of that which closed it was in. */
type Closing = { origin: Origin; atClose: Element | null; closed: Element | null; at: number }

let openedSoFar = 0
/**
 * The one closing whose focus is looked after. There is one for the whole page: two that look at the same time would
 * each take the focus to its own place.
 */
let lastClosing: Closing | null = null
let nextLook: ReturnType<typeof setTimeout> | undefined

/**
 * Gives the focus back to where it came from when something closes. Mantine's own way misses a dialog that is open when
 * it is first mounted, as every dialog is whose code is loaded by opening it.
 */
export function useFocusReturn(isOpen: boolean, role: 'dialog' | 'alert' = 'dialog') {
  useLayoutEffect(() => {
    if (!isOpen) return undefined
    const origin = rememberOrigin()
    return () => lookAfter(origin, role)
  }, [isOpen, role])
}

function rememberOrigin(): Origin {
  openedSoFar += 1
  const closing = lastClosing
  // It keeps the focus from now on: nothing that closed before takes it away.
  stopLooking()
  const from = document.activeElement
  return closing && isLost(closing)
    ? // One has given way to another: this one returns where that one would have returned.
      { ...closing.origin, openedAs: openedSoFar }
    : { openedAs: openedSoFar, from, row: from?.closest('tr') ?? null }
}

function lookAfter(origin: Origin, role: string) {
  const before = lastClosing
  const atClose = document.activeElement
  lastClosing = {
    // Of two that close together, the inner one was opened from within the outer one, which is going, too.
    origin: before && before.origin.openedAs < origin.openedAs && isLost(before) ? before.origin : origin,
    atClose,
    closed: atClose?.closest(`[role="${role}"]`) ?? null,
    at: performance.now(),
  }
  clearTimeout(nextLook)
  nextLook = setTimeout(look, firstLookMillis)
}

function look() {
  const closing = lastClosing
  if (!closing) return
  if (isLost(closing)) focusAgain(closing.origin)
  const watchedFor = performance.now() - closing.at
  const isGoing = closing.closed?.isConnected === true
  if (watchedFor < (isGoing ? longestMillis : watchedMillis)) nextLook = setTimeout(look, lookMillis)
  else stopLooking()
}

function stopLooking() {
  clearTimeout(nextLook)
  lastClosing = null
}

/** Nothing has the focus, or something still has it that has closed. */
function isLost({ atClose, closed }: Closing): boolean {
  const focused = document.activeElement
  return focused === document.body || focused === atClose || closed?.contains(focused) === true
}

/** On what had the focus; on what is there in its place under its id, or near it, where it was drawn anew or is gone. */
function focusAgain({ from, row }: Origin) {
  const there = from?.isConnected === true ? from : from?.id ? document.getElementById(from.id) : null
  if (there instanceof HTMLElement) there.focus({ preventScroll: true })
  else focusNear(row)
}
