export type Picking = {
  /** What is shown, in order. */
  ids: readonly string[]
  active: string | null
  chosen: ReadonlySet<string>
}
export type PickKey = { key: string; shiftKey: boolean; isCommand: boolean }

const far = 8

/** What a key does in a list box for several choices; null when the key is not meant for it. */
export function pickStep(
  { ids, active, chosen }: Picking,
  { key, shiftKey, isCommand }: PickKey,
): { active: string; chosen: ReadonlySet<string> } | null {
  const last = ids.length - 1
  const at = active === null ? 0 : ids.indexOf(active)
  const here = ids[at]
  if (here === undefined) return null

  if (isCommand) {
    if (key.toLowerCase() !== 'a') return null
    const isAll = ids.every((id) => chosen.has(id))
    return { active: here, chosen: isAll ? without(chosen, ids) : new Set([...chosen, ...ids]) }
  }
  if (key === ' ' || key === 'Enter') {
    return { active: here, chosen: chosen.has(here) ? without(chosen, [here]) : new Set([...chosen, here]) }
  }
  const target = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + far,
    PageUp: at - far,
    Home: 0,
    End: last,
  }[key]
  if (target === undefined) return null
  const next = Math.max(0, Math.min(target, last))
  const passed = ids.slice(Math.min(at, next), Math.max(at, next) + 1)
  return { active: ids[next] ?? here, chosen: shiftKey ? new Set([...chosen, ...passed]) : chosen }
}

function without(chosen: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const gone = new Set(ids)
  return new Set([...chosen].filter((id) => !gone.has(id)))
}
