const prefix = 'packline-draft:'

/** What was typed and not yet sent, kept over a reload of this tab. Returns null where nothing readable is kept. */
export function readDraft(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null')
  } catch {
    return null
  }
}

/** Keeps a draft; null forgets it. Where storage is blocked or full, the draft lives as long as the page. */
export function writeDraft(name: string, draft: unknown) {
  try {
    if (draft === null) sessionStorage.removeItem(prefix + name)
    else sessionStorage.setItem(prefix + name, JSON.stringify(draft))
  } catch {
    // Nothing to do: the page itself still holds the draft.
  }
}
