const undoings = new Set<() => void>()
process.on('exit', () => {
  for (const undo of [...undoings].toReversed()) undo()
})

/**
 * Undoes what outlives this process, also when somebody interrupts it; without waiting, as nothing can be waited for then.
 * Returns how to forget it, once it has been undone.
 */
export function atExit(undo: () => void): () => void {
  undoings.add(undo)
  return () => void undoings.delete(undo)
}
