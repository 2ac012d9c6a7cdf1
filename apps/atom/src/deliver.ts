import { mkdir } from 'node:fs/promises'
import type { DeploymentView } from '@packline/contract/atom-protocol.ts'
import { activate, isActivated } from './activate.ts'
import { backOffMillis, pause } from './back-off.ts'
import { type Client, Refused } from './client.ts'
import { describeFault } from './describe-fault.ts'
import { attachmentDirectory, keepOnly } from './directories.ts'
import { CommandFailed } from './on-activate.ts'
import { Ending } from './ending.ts'
import type { Identity } from './identity.ts'
import type { Log } from './log.ts'
import { prepare } from './prepare.ts'
import type { Options } from './read-arguments.ts'
import type { Reports } from './reports.ts'
import type { Slots } from './slots.ts'

export type DeliveryContext = {
  options: Options
  client: Client
  identity: Identity
  log: Log
  reports: Reports
  downloadSlots: Slots
  commandSlots: Slots
  /** True once for the delivery that a demonstration lets fail. */
  takeDemoFault: () => boolean
}

export type DeliveryProgress = { state: 'DOWNLOADING' | 'ACTIVE' | 'FAILED'; bytes: number; total: number }

type Delivery = {
  deployment: DeploymentView
  signal: AbortSignal
  onProgress: (progress: DeliveryProgress) => void
  /** Resolves when somebody wants it tried at once. */
  untilRetryWanted: () => Promise<void>
}

const pauses = { first: 2_000, longest: 60_000 }

/** Makes a release run here, however often it takes; ends when it runs or when the signal says it is wanted no more. */
export async function deliver(context: DeliveryContext, delivery: Delivery) {
  const { deployment, signal } = delivery
  for (let failures = 0; !signal.aborted; ) {
    try {
      await attempt(context, delivery)
      return
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Ending) throw error
      failures += 1
      await noteFailure(context, delivery, error)
      const millis = Math.max(backOffMillis(failures, pauses), retryAfter(error))
      const early = new AbortController()
      const retryWanted = delivery.untilRetryWanted().then(() => early.abort())
      await Promise.race([retryWanted, pause(millis, AbortSignal.any([signal, early.signal]))])
      context.log.event('delivery-retried', `${titleOf(deployment)} is tried again.`, factsOf(deployment))
    }
  }
}

async function attempt(context: DeliveryContext, { deployment, signal, onProgress }: Delivery) {
  const { options, reports, log } = context
  const { attachmentId, releaseId } = deployment
  const directory = attachmentDirectory(options.dir, attachmentId)
  const total = deployment.packages.reduce((sum, { size }) => sum + size, 0)

  if (!(await isActivated(directory, deployment))) {
    let bytes = 0
    const tell = () => {
      onProgress({ state: 'DOWNLOADING', bytes, total })
      reports.send({ attachmentId, releaseId, state: 'DOWNLOADING', progressBytes: bytes, totalBytes: total })
    }
    log.event('download-started', `${titleOf(deployment)} is fetched.`, factsOf(deployment))
    tell()
    await mkdir(directory.path, { recursive: true })
    await prepare(directory, deployment, {
      client: context.client,
      identity: context.identity,
      signal,
      slots: context.downloadSlots,
      slowBytesPerSecond: options.slowBytesPerSecond,
      onBytes: (count) => {
        bytes += count
        tell()
      },
    })
    if (context.takeDemoFault())
      throw new CommandFailed('This Atom was told to fail once, to show what that looks like.')
    await context.commandSlots(async () => {
      signal.throwIfAborted()
      await activate(directory, deployment, { command: options.onActivate, signal })
    })
    log.event('activated', `${titleOf(deployment)} is active.`, factsOf(deployment))
  }
  await keepOnly(directory, [releaseId])
  onProgress({ state: 'ACTIVE', bytes: total, total })
  reports.send({ attachmentId, releaseId, state: 'ACTIVE', progressBytes: total, totalBytes: total })
}

async function noteFailure({ options, reports, log }: DeliveryContext, delivery: Delivery, error: unknown) {
  const { deployment, onProgress } = delivery
  const { attachmentId, releaseId } = deployment
  const cause = await describeFault(error, options.dir)
  onProgress({ state: 'FAILED', bytes: 0, total: 0 })
  reports.send({ attachmentId, releaseId, state: 'FAILED', cause })
  log.event('delivery-failed', `${titleOf(deployment)} failed: ${cause}`, { ...factsOf(deployment), cause })
}

const retryAfter = (error: unknown) => (error instanceof Refused ? (error.retryAfterMillis ?? 0) : 0)

const titleOf = ({ installationName, sequence }: DeploymentView) =>
  `Release ${sequence} of ${installationName}`
const factsOf = ({ attachmentId, releaseId, accountId }: DeploymentView) => ({
  attachmentId,
  releaseId,
  accountId,
})
