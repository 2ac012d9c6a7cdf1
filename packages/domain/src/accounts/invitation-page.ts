/** Where the links of invitations lead, and where single sign-on leads back to from there. */
export const invitationPage = '/accept-invitation'
