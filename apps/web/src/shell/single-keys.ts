const slot = 'packline-single-keys'

/** Single-key shortcuts get in the way of speech input and of unsteady hands, so each browser can switch them off. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(slot) !== 'off'
  } catch {
    return true
  }
}

export function switchSingleKeys(isOn: boolean) {
  try {
    localStorage.setItem(slot, isOn ? 'on' : 'off')
  } catch {
    // Storage is blocked: the choice cannot be kept.
  }
}
