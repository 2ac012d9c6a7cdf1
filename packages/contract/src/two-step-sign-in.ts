import { z } from 'zod'
import { instant } from './field.ts'

const code = z.string().max(100)
const password = z.string().max(10_000)

/** The answer to a right password where a code has to follow; the sign-in that waits is in a cookie. */
export const codeNeeded = z.object({ needsCode: z.literal(true) })
export type CodeNeeded = z.infer<typeof codeNeeded>

/** Of an authenticator app, or a recovery code. */
export const signInCodeBody = z.strictObject({ code })

/** Whether somebody's own sign-in asks for a code after the password. */
export const twoStepView = z.object({
  onSince: instant.nullable(),
  recoveryCodesLeft: z.number().int(),
})
export type TwoStepView = z.infer<typeof twoStepView>

export const startTwoStepBody = z.strictObject({ password })
/** What an authenticator app makes its codes of, shown once. */
export const codeKey = z.object({
  key: z.string(),
  /** The same with who it is for, as the QR code has it. */
  address: z.string(),
})
export type CodeKey = z.infer<typeof codeKey>

export const firstCodeBody = z.strictObject({ code })
/** Shown once. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof recoveryCodes>

/** What turning it off and new recovery codes ask for. */
export const passwordAndCodeBody = z.strictObject({ password, code })
