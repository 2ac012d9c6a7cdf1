import type { PackUpdateRow } from '@packline/contract/updates.ts'
import { useEffect, useRef } from 'react'
import { announce } from '../../ui/live-region.tsx'
import { arrivedText } from './delivery-words.ts'

/** Tells listeners, politely, whenever a pack arrives on an Atom or fails there. */
export function useArrivals(rows: readonly PackUpdateRow[]) {
  const known = useRef<ReadonlyMap<string, string> | null>(null)
  useEffect(() => {
    const now = new Map(rows.map((row) => [row.attachmentId, arrivalOf(row)]))
    const before = known.current
    known.current = now
    if (before === null) return
    const news = rows.filter(({ attachmentId }) => {
      const told = before.get(attachmentId)
      return told !== undefined && told !== now.get(attachmentId)
    })
    const told = news.map((row) => now.get(row.attachmentId)).filter(Boolean)
    if (told.length > 0) announce(told.join(' '))
  }, [rows])
}

function arrivalOf({ name, versionNumber, deliveries }: PackUpdateRow): string {
  const failed = deliveries.filter(({ state }) => state === 'FAILED').map(({ atomName }) => atomName)
  const arrived = arrivedText(deliveries)
  return [
    arrived !== null && `${name}, version ${versionNumber}: ${arrived}.`,
    failed.length > 0 && `${name} failed on ${failed.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
