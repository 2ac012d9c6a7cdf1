/** How long an invitation's link can be used. */
export const invitationDays = 7
/** How long the link for a forgotten password can be used. */
export const resetMinutes = 30
/** How many links for a forgotten password one user is sent within an hour, however often somebody asks. */
export const resetsPerHour = 5
