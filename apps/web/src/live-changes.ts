import type { ChangeHint } from '@packline/contract/changes.ts'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { urlOf } from './request.ts'

type Listener = (hint: ChangeHint) => void

/** After a refusal, such as for too many windows, the browser does not try again by itself. */
const retryMillis = 30_000
/** A release that goes out changes hundreds of times; people see once a second. */
const leastMillis = 1_000

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let source: EventSource | undefined
let isLive = false
let retry: ReturnType<typeof setTimeout> | undefined

const everything: ChangeHint = { kind: 'everything', id: null }
const tell = (hint: ChangeHint) => {
  for (const listener of listeners) listener(hint)
}

function setLive(next: boolean) {
  if (next === isLive) return
  isLive = next
  for (const watcher of watchers) watcher()
}

/** One connection for the whole window, only while it is seen: a browser has six of them for all its windows. */
function connect() {
  clearTimeout(retry)
  if (source || listeners.size === 0 || document.hidden) return
  const opened = new EventSource(urlOf('hearChanges'))
  source = opened
  opened.addEventListener('open', () => {
    setLive(true)
    // Nobody knows what was missed until now.
    tell(everything)
  })
  opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
    tell(JSON.parse(data) as ChangeHint) // the server writes hints and nothing else
  })
  opened.addEventListener('error', () => {
    setLive(false)
    if (opened.readyState !== EventSource.CLOSED) return
    disconnect()
    retry = setTimeout(connect, retryMillis)
  })
}

function disconnect() {
  clearTimeout(retry)
  source?.close()
  source = undefined
  setLive(false)
}

const followVisibility = () => (document.hidden ? disconnect() : connect())

/** Calls the listener for every hint until the function it returns is called. */
export function hearChanges(listener: Listener): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', followVisibility)
  listeners.add(listener)
  connect()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', followVisibility)
    disconnect()
  }
}

/**
 * Calls `onChange` when something looks different that these ids are about, or hints of these kinds that have none, at
 * once and then once a second at most.
 * Hints are no promise: what is shown is asked for again now and then all the same.
 */
export function useChanges(ids: readonly (string | null | undefined)[], onChange: () => void) {
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  }, [onChange])
  const key = ids.join(' ')
  useEffect(() => {
    const concerned = new Set(key.split(' '))
    let timer: ReturnType<typeof setTimeout> | undefined
    let isDue = false
    const run = () => {
      timer = undefined
      if (!isDue) return
      isDue = false
      latest.current()
      timer = setTimeout(run, leastMillis)
    }
    const leave = hearChanges(({ kind, id }) => {
      if (kind !== 'everything' && !concerned.has(id ?? kind)) return
      isDue = true
      if (timer === undefined) run()
    })
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [key])
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Do changes come by themselves? Without that, what is shown is asked for more often. */
export const useIsLive = () => useSyncExternalStore(subscribe, () => isLive)
