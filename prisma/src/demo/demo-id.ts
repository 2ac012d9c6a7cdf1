import { createHash } from 'node:crypto'

/**
 * The id of something in the demo, worked out from what it is (RFC 9562, version 8): the same in every fresh demo, so
 * that links, screenshots and scripts survive a reset.
 */
export function demoId(...what: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(what.join('/')).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
