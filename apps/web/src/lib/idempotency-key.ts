const prefix = 'packline-key:'

/**
 * The key under which a draft is sent. The same draft gets the same key, also after a reload, so a second click, a
 * repeated try after a lost connection or a restored page cannot do it twice; a changed draft gets a key of its own.
 */
export function idempotencyKeyFor(draft: unknown): string {
  const slot = prefix + hashOf(JSON.stringify(draft))
  const known = read(slot)
  if (known !== null) return known
  const key = crypto.randomUUID()
  write(slot, key)
  return key
}

/** After success: doing the same again later is meant, and needs a new key. */
export function forgetIdempotencyKey(draft: unknown) {
  try {
    sessionStorage.removeItem(prefix + hashOf(JSON.stringify(draft)))
  } catch {
    unsaved.clear()
  }
}

/** For browsers whose storage is blocked: good until the page is left. */
const unsaved = new Map<string, string>()

function read(slot: string): string | null {
  try {
    return sessionStorage.getItem(slot) ?? unsaved.get(slot) ?? null
  } catch {
    return unsaved.get(slot) ?? null
  }
}

function write(slot: string, key: string) {
  try {
    sessionStorage.setItem(slot, key)
  } catch {
    unsaved.set(slot, key)
  }
}

/** Two 32-bit hashes side by side (FNV-1a with two starts): drafts of one tab do not meet in 64 bits. */
function hashOf(text: string): string {
  const hash = (start: number) => {
    let value = start
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
    return value.toString(36)
  }
  return `${hash(0x811c9dc5)}-${hash(0x9e3779b1)}`
}
