/** Runs something that stops with the outer signal or when it has been silent for too long, whichever comes first. */
export async function withDeadline<T>(
  outer: AbortSignal,
  silenceMillis: number,
  work: (signal: AbortSignal, stillAlive: () => void) => Promise<T>,
): Promise<T> {
  const inner = new AbortController()
  const onOuter = () => inner.abort(outer.reason)
  outer.addEventListener('abort', onOuter, { once: true })
  if (outer.aborted) onOuter()
  const timer = setTimeout(
    () => inner.abort(new DOMException(`No answer for ${silenceMillis / 1_000} seconds`, 'TimeoutError')),
    silenceMillis,
  )
  try {
    return await work(inner.signal, () => timer.refresh())
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', onOuter)
  }
}
