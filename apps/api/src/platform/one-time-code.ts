import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { codeDigits, stepSeconds } from '@packline/domain/accounts/two-step-sign-in.ts'

/** What a key is sealed for: it opens for this user's codes and for nothing else. */
export const keyContext = (userId: string) => `two-step sign-in ${userId}`

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, for a number of bits that five divides. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('')
}

function bytesOf(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** 160 bits, as RFC 4226 recommends, as the 32 letters that authenticator apps take. */
export const newCodeKey = () => base32(randomBytes(20))

/** 120 bits, so that a plain hash of it is enough. */
export const newRecoveryCode = () => base32(randomBytes(15))

/** The code of a time step (RFC 6238 with SHA-1, which all authenticator apps know and most know alone). */
export function codeAt(key: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', bytesOf(key)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0xf
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** codeDigits).padStart(codeDigits, '0')
}

/** Which of these steps the code is of. Compares in a time that does not tell how much of it is right. */
export function findStep(key: string, code: string, steps: readonly number[]): number | undefined {
  const shown = Buffer.from(code)
  return steps.find((step) => {
    const expected = Buffer.from(codeAt(key, step))
    return expected.byteLength === shown.byteLength && timingSafeEqual(expected, shown)
  })
}

/** What the QR code says to an authenticator app. */
export function keyAddress(key: string, email: string): string {
  const facts = new URLSearchParams({
    secret: key,
    issuer: 'Packline',
    algorithm: 'SHA1',
    digits: String(codeDigits),
    period: String(stepSeconds),
  })
  return `otpauth://totp/${encodeURIComponent(`Packline:${email}`)}?${facts.toString()}`
}
