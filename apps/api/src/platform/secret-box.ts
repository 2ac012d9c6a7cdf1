import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps secrets that have to be read again, so that a copy of the database alone opens nothing. */
export type SecretBox = {
  /** With AES-256-GCM. The context is what the secret is for: for anything else it does not open. */
  seal: (secret: string, context: string) => string
  /** Throws where no key opens it. What was stored before there was a key comes back as it is. */
  open: (stored: string, context: string) => string
  /** What everything begins with that the first key has sealed. */
  currentMark: string
}

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** The first key seals; the others open what they once sealed. */
export function createSecretBox(keys: readonly [Buffer, ...Buffer[]]): SecretBox {
  const [current] = keys
  const currentMark = markOf(current)
  return {
    currentMark,
    seal: (secret, context) => {
      const nonce = randomBytes(nonceBytes)
      const sealing = createCipheriv(cipher, current, nonce).setAAD(Buffer.from(context))
      const text = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()])
      return currentMark + Buffer.concat([nonce, sealing.getAuthTag(), text]).toString('base64url')
    },
    open: (stored, context) => {
      if (!stored.startsWith(prefix)) return stored
      const key = keys.find((one) => stored.startsWith(markOf(one)))
      if (!key) throw new Error('A secret was sealed with a key that SECRETS_KEY does not have')
      const bytes = Buffer.from(stored.slice(markOf(key).length), 'base64url')
      const nonce = bytes.subarray(0, nonceBytes)
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      return opening.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + opening.final('utf8')
    },
  }
}

const prefix = 'sealed:v1:'

/** Says which key it was, and nothing else of it. */
const markOf = (key: Buffer) =>
  `${prefix}${createHash('sha256').update('packline secrets key').update(key).digest('hex').slice(0, 8)}:`
