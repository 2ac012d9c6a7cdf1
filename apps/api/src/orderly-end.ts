/**
 * The one way in which the process ends, from its first moment on: what was opened is closed in reverse, whether somebody
 * stops it while it serves, while it still starts, or it cannot start. `say` tells a person what went wrong.
 */
export function createOrderlyEnd(say: (sentence: string) => void) {
  const closers: (() => Promise<unknown>)[] = []
  const ending = new AbortController()
  let ended: Promise<never> | undefined

  async function closeAll(exitCode: number): Promise<never> {
    ending.abort()
    for (let close = closers.pop(); close; close = closers.pop()) {
      // What cannot be closed must not leave the rest open.
      await close().catch((error: unknown) => say(reasonOf(error)))
    }
    process.exit(exitCode)
  }

  const stop = (exitCode: number) => (ended ??= closeAll(exitCode))
  return {
    /** Aborted as soon as the process is to end. */
    signal: ending.signal,
    closeBefore: (...added: (() => Promise<unknown>)[]) => void closers.push(...added),
    stop,
    /** Ends with 1 and says why; whoever stopped it has no use for what fails because of that. */
    giveUp: (sentence: string) => {
      if (!ending.signal.aborted) say(sentence)
      return stop(1)
    },
  }
}

export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
