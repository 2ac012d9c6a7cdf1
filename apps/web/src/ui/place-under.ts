const gap = 4
const edge = 8

/** Puts a floating box under a button, or over it where there is more room, and never beyond the window. */
export function placeUnder(button: Element, box: HTMLElement, side: 'start' | 'end') {
  const { left, right, top, bottom } = button.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const wanted = side === 'start' ? left : right - box.offsetWidth
  const isTooLow = bottom + gap + box.offsetHeight > clientHeight - edge && top > clientHeight - bottom
  box.style.left = `${Math.max(edge, Math.min(wanted, clientWidth - box.offsetWidth - edge))}px`
  box.style.top = `${isTooLow ? Math.max(edge, top - gap - box.offsetHeight) : bottom + gap}px`
}

/** Is any of it to be seen in the window? */
export function isInView(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  return bottom > 0 && top < clientHeight && right > 0 && left < clientWidth
}
