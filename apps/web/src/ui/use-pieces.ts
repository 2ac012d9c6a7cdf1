import { startTransition, useEffect, useState } from 'react'

/**
 * How many of so many things are drawn by now: first some, then so many more at a time, each a moment in which the page
 * answers. What was reached once is kept, also where there are fewer for a while.
 */
export function usePieces(total: number, { first, more }: { first: number; more: number }): number {
  const [reached, setReached] = useState(first)
  useEffect(() => {
    if (reached < total) startTransition(() => setReached(reached + more))
  }, [reached, total, more])
  return reached
}
