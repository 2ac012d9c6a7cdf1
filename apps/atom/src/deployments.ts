import type { DeploymentView, DesiredState } from '@packline/contract/atom-protocol.ts'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deliver, type DeliveryContext, type DeliveryProgress } from './deliver.ts'
import {
  attachmentDirectory,
  deploymentsIn,
  listDirectory,
  readPointer,
  releasePath,
  removeAttachment,
} from './directories.ts'
import { readManifest } from './manifest.ts'

type Runner = {
  deployment: DeploymentView
  progress: DeliveryProgress
  controller: AbortController
  retry: () => void
}

type Context = DeliveryContext & { onEnding: (error: unknown) => void; onChange: () => void }

/** Brings what runs here in line with what should, attachment by attachment; each goes its own way and at its own pace. */
export function createDeployments(context: Context) {
  const runners = new Map<string, Runner>()
  /** What is under way for each attachment; the next thing waits for it. */
  const tails = new Map<string, Promise<void>>()

  function after(attachmentId: string, work: () => Promise<void>) {
    const tail = (tails.get(attachmentId) ?? Promise.resolve()).then(work).catch(context.onEnding)
    tails.set(attachmentId, tail)
    void tail.then(() => {
      if (tails.get(attachmentId) === tail) tails.delete(attachmentId)
    })
  }

  function start(deployment: DeploymentView) {
    const { attachmentId } = deployment
    const controller = new AbortController()
    let retry = Promise.withResolvers<void>()
    const runner: Runner = {
      deployment,
      progress: { state: 'DOWNLOADING', bytes: 0, total: 0 },
      controller,
      retry: () => retry.resolve(),
    }
    runners.set(attachmentId, runner)
    after(attachmentId, () =>
      deliver(context, {
        deployment,
        signal: controller.signal,
        onProgress: (progress) => {
          runner.progress = progress
          context.onChange()
        },
        untilRetryWanted: () => {
          retry = Promise.withResolvers<void>()
          return retry.promise
        },
      }),
    )
  }

  function end(attachmentId: string) {
    runners.get(attachmentId)?.controller.abort()
    runners.delete(attachmentId)
  }

  /** Takes a whole desired state on: starts what is new, leaves what is right, removes what is not listed. */
  async function want({ deployments, heldAccountIds }: DesiredState) {
    for (const deployment of deployments) {
      const runner = runners.get(deployment.attachmentId)
      if (runner && isSame(runner.deployment, deployment)) {
        runner.deployment = deployment
        if (deployment.retry > 0) runner.retry()
        continue
      }
      end(deployment.attachmentId)
      start(deployment)
    }
    const wanted = new Set(deployments.map(({ attachmentId }) => attachmentId))
    for (const attachmentId of [...runners.keys()].filter((id) => !wanted.has(id))) end(attachmentId)
    await removeOthers(wanted, new Set(heldAccountIds))
    context.onChange()
  }

  async function removeOthers(wanted: ReadonlySet<string>, held: ReadonlySet<string>) {
    for (const { name } of await listDirectory(deploymentsIn(context.options.dir))) {
      if (wanted.has(name)) continue
      if (name.startsWith('.')) {
        await rm(join(deploymentsIn(context.options.dir), name), { recursive: true, force: true })
        continue
      }
      const directory = attachmentDirectory(context.options.dir, name)
      const accountId = await accountOf(directory)
      if (accountId !== undefined && held.has(accountId)) continue
      after(name, async () => {
        await removeAttachment(directory)
        context.log.event('removed', `What an attachment left was removed.`, {
          attachmentId: name,
          accountId,
        })
      })
    }
  }

  return {
    want,
    progress: () => [...runners.values()].map(({ progress }) => progress),
    /** Ends what is under way; everything stays as it is on the disk, to be gone on from. */
    stop: async () => {
      for (const attachmentId of runners.keys()) end(attachmentId)
      await Promise.all(tails.values())
    },
  }
}

const isSame = (one: DeploymentView, other: DeploymentView) =>
  one.releaseId === other.releaseId && JSON.stringify(one.packages) === JSON.stringify(other.packages)

/** Whose release runs there; undefined when none does. */
async function accountOf(directory: ReturnType<typeof attachmentDirectory>) {
  const pointed = await readPointer(directory)
  if (pointed === undefined) return undefined
  return (await readManifest(releasePath(directory, pointed)))?.accountId
}
