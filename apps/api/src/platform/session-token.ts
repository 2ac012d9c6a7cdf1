import { createHash, randomBytes } from 'node:crypto'

/** A new token of 256 random bits for the browser's cookie. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What the database keeps of a token: it has too many bits to be guessed, so a plain hash is enough. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest()

/** The cookie's name; the prefix makes browsers insist on HTTPS, the whole host and the root path. */
export const sessionCookie = (isSecure: boolean) => (isSecure ? '__Host-packline' : 'packline')
