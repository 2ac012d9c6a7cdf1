/** How the agent ends, for service managers and scripts. */
export const exitCodes = {
  stopped: 0,
  unexpected: 1,
  wrongArguments: 2,
  registrationRefused: 3,
  credentialRevoked: 4,
  directoryUnusable: 5,
} as const

export type ExitReason = keyof typeof exitCodes

/** Thrown where the agent cannot go on, with a sentence a person can act on; everything else is tried again. */
export class Ending extends Error {
  readonly reason: ExitReason
  constructor(reason: ExitReason, sentence: string) {
    super(sentence)
    this.reason = reason
  }
}
