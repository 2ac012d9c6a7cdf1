import { RequestRefused } from '../../platform/problems.ts'

/** Ends the request: what was sent cannot be understood, and the sentence says what to send instead. */
export const badData = (message: string) => new RequestRefused({ status: 400, code: 'bad-data', message })
