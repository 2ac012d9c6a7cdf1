/** Why single sign-on led back to the sign-in page. */
export type SingleSignOnProblem =
  | 'expired'
  | 'cancelled'
  | 'failed'
  | 'unavailable'
  | 'email-unverified'
  | 'user-unknown'
  | 'user-locked'
