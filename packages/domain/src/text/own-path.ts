const base = 'https://packline.invalid'

/**
 * The text as an address within this product, or undefined when it leads anywhere else. Whatever a browser would take
 * for another host is elsewhere: `//host`, `/\host`, and what becomes one of them once dots are worked out, `/.//host`.
 */
export function ownPath(text: string | null | undefined): string | undefined {
  if (!text?.startsWith('/')) return undefined
  const url = URL.parse(text, base)
  if (url?.origin !== base || url.pathname.startsWith('//')) return undefined
  return url.pathname + url.search + url.hash
}
