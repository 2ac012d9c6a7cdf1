import { useSyncExternalStore } from 'react'

let spoken = ''
const listeners = new Set<() => void>()

/** Tells people who listen to the page what happened, without taking the focus or showing anything. */
export function announce(text: string) {
  // The same sentence twice is spoken only when the text differs.
  spoken = text === spoken ? `${text}\u00a0` : text
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Stands once at the root of the app. */
export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => spoken)
  return (
    <div className="listeners-only" role="status" aria-live="polite">
      {text}
    </div>
  )
}
