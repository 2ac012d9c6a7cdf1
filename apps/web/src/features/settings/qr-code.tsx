import { encodeQR } from 'qr'
import classes from './settings.module.css'

/** Cameras need this many light modules around it. */
const border = 4

/** A QR code as one shape: it needs no style of its own, and no image from elsewhere. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { border })
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className={classes['qr']}
    >
      <path d={dark.join('')} />
    </svg>
  )
}
