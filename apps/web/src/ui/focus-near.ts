/**
 * Puts the focus near a control that is gone: on the first one left in its table row, or else on the heading of the page,
 * so that whoever works by keyboard does not start again at the top of the window.
 */
export function focusNear(row: Element | null) {
  const left = row?.isConnected ? row.querySelector<HTMLElement>('button, a[href]') : null
  const next = left ?? document.querySelector<HTMLElement>('main h1')
  next?.focus({ preventScroll: true })
}
