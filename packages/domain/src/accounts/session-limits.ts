/** However busy it is, a session ends this many days after sign-in. */
export const sessionDays = 7

/** A session that nobody uses ends after this many hours. */
export const sessionIdleHours = 8

/** How long somebody may take at the provider of single sign-on. */
export const signOnMinutes = 10
