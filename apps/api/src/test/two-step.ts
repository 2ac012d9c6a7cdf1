import { timeStepAt } from '@packline/domain/accounts/two-step-sign-in.ts'
import { z } from 'zod'
import { codeAt } from '../platform/one-time-code.ts'
import { createUser } from './people.ts'
import { readSessionToken } from './read-session-token.ts'
import { callerOf, type TestApp } from './test-app.ts'

export type Call = ReturnType<typeof callerOf>
type Person = Parameters<typeof createUser>[1]

/** What an authenticator app with this key shows now. */
export const codeNow = (key: string) => codeAt(key, timeStepAt(Temporal.Now.instant()))

/** A code of the app's that is not right. */
export const wrongCode = (key: string) =>
  ['000000', '111111', '222222', '333333'].find((code) =>
    [-2, -1, 0, 1, 2].every((step) => code !== codeAt(key, timeStepAt(Temporal.Now.instant()) + step)),
  ) ?? ''

/** As if the last code had been taken long ago, so that the one of now counts without waiting for the next. */
export const forgetLastCode = ({ db }: TestApp, userId: string) =>
  db.twoStepSignIn.update({ where: { userId }, data: { lastStep: null } })

/** Begins with the password, and shows the first code; the answer has the recovery codes and another cookie. */
export async function turnOn(call: Call, password: string) {
  const started = await call('POST', '/user/two-step-sign-in', { body: { password } })
  const { key } = z.object({ key: z.string() }).parse(started.json())
  const firstCode = codeNow(key)
  const body = { code: firstCode }
  const confirmed = await call('POST', '/user/two-step-sign-in/confirmation', { body })
  const { recoveryCodes } = z.object({ recoveryCodes: z.array(z.string()) }).parse(confirmed.json())
  return { key, firstCode, recoveryCodes, cookie: `packline=${readSessionToken(confirmed)}` }
}

/** Somebody who is signed in, and whose next sign-in asks for a code. */
export async function createTwoStepUser(test: TestApp, person: Person) {
  const user = await createUser(test, person)
  const { email } = user
  const first = await callerOf(test.app)('POST', '/session', { body: { email, password: person.password } })
  const on = await turnOn(callerOf(test.app, `packline=${readSessionToken(first)}`), person.password)
  await forgetLastCode(test, user.userId)
  return { ...user, ...on, call: callerOf(test.app, on.cookie) }
}

/** The cookie of a sign-in that waits for its code. */
export async function showPassword(test: TestApp, credentials: { email: string; password: string }) {
  const response = await callerOf(test.app)('POST', '/session', { body: credentials })
  const ticket = response.cookies.find(({ name }) => name === 'packline-sign-in')?.value ?? ''
  return { response, ticket, call: callerOf(test.app, `packline-sign-in=${ticket}`) }
}
