import type { Database, Tx } from '@packline/database/client.ts'
import { setupMinutes } from '@packline/domain/accounts/two-step-sign-in.ts'
import { z } from 'zod'

const setupLasts = `${setupMinutes} minutes`

const reading = z.tuple([z.object({ now: z.date() })])

/** The time that codes go by: real, because the apps that make them know no other. */
export async function realNow(tx: Tx): Promise<Temporal.Instant> {
  const [{ now }] = reading.parse(await tx.$queryRaw`select clock_timestamp() as now`)
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
}

const stepRow = z.object({
  /** Sealed. */
  key: z.string(),
  isOn: z.boolean(),
  /** Begun so recently that the first code may still come. */
  isInTime: z.boolean(),
  lastStep: z.number().nullable(),
})

/** The user's key, in use or waiting for its first code. Lock the user first. */
export async function findTwoStep(tx: Tx, userId: string) {
  const rows = await tx.$queryRaw`
    select key, "onSince" is not null as "isOn", "startedAt" > now() - ${setupLasts}::interval as "isInTime", "lastStep"
    from "TwoStepSignIn" where "userId" = ${userId}::uuid`
  return z.array(stepRow).parse(rows)[0]
}

/** Keeps a key that waits for its first code, instead of one that waited before. */
export async function saveWaitingKey(tx: Tx, userId: string, sealedKey: string) {
  await tx.$executeRaw`
    insert into "TwoStepSignIn" ("userId", key) values (${userId}::uuid, ${sealedKey})
    on conflict ("userId") do update set key = excluded.key, "startedAt" = now()
    where "TwoStepSignIn"."onSince" is null`
}

/** From here on a password alone does not sign the user in. */
export async function saveTurnedOn(tx: Tx, userId: string) {
  await tx.$executeRaw`update "TwoStepSignIn" set "onSince" = now() where "userId" = ${userId}::uuid`
}

/** No code of this time step or before counts again. */
export async function saveLastStep(tx: Tx, userId: string, step: number) {
  await tx.$executeRaw`update "TwoStepSignIn" set "lastStep" = ${step} where "userId" = ${userId}::uuid`
}

/** Forgets the key and the recovery codes; says whether a key was in use. */
export async function deleteTwoStep(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    delete from "TwoStepSignIn" where "userId" = ${userId}::uuid returning "onSince" is not null as "wasOn"`
  return z.array(z.object({ wasOn: z.boolean() })).parse(rows)[0]?.wasOn ?? false
}

/** These and no others. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly Buffer[]) {
  const codes = hashes.map((hash) => hash.toString('hex'))
  await tx.$executeRaw`delete from "RecoveryCode" where "userId" = ${userId}::uuid`
  await tx.$executeRaw`
    insert into "RecoveryCode" ("userId", "codeHash")
    select ${userId}::uuid, decode(code, 'hex') from unnest(${codes}::text[]) code`
}

/** Uses a recovery code up; false when there is no such one. */
export async function takeRecoveryCode(tx: Tx, userId: string, hash: Uint8Array): Promise<boolean> {
  const taken = await tx.$executeRaw`
    delete from "RecoveryCode" where "userId" = ${userId}::uuid and "codeHash" = ${hash}`
  return taken > 0
}

const sealedKeys = z.array(z.object({ userId: z.uuid(), key: z.string() }))

/** Keys that the current SECRETS_KEY has not sealed. */
export async function listUnsealedKeys(db: Database, mark: string) {
  const rows =
    await db.$queryRaw`select "userId", key from "TwoStepSignIn" where not starts_with(key, ${mark})`
  return sealedKeys.parse(rows)
}

/** Nothing where the key is another one by now. */
export async function saveSealedKey(db: Database, before: { userId: string; key: string }, key: string) {
  await db.$executeRaw`
    update "TwoStepSignIn" set key = ${key} where "userId" = ${before.userId}::uuid and key = ${before.key}`
}
