import { tokenInAddress } from './link-token.ts'

const key = 'packline-invitation'

/** Keeps the link's secret for when this tab comes back from single sign-on; what a tab keeps no server is sent. */
export const keepInvitation = (token: string) => sessionStorage.setItem(key, token)

/** The secret of the link, from the address or kept; then the address has it again, for a reload. */
export function invitationToken(): string {
  const kept = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  const inAddress = tokenInAddress()
  if (inAddress !== '' || kept === null) return inAddress
  window.history.replaceState(window.history.state, '', `#token=${kept}`)
  return kept
}
