import type { DesiredState } from '@packline/contract/atom-protocol.ts'
import { backOffMillis, pause } from './back-off.ts'
import { type Client, createClient, Refused } from './client.ts'
import { createDeployments } from './deployments.ts'
import { Ending } from './ending.ts'
import { type Identity, openIdentity } from './identity.ts'
import { lockDirectory } from './lock-directory.ts'
import type { Log } from './log.ts'
import type { Options } from './read-arguments.ts'
import { createReports } from './reports.ts'
import { createSlots } from './slots.ts'

/** Runs the agent until the signal; throws an `Ending` when it cannot go on. */
export async function runAtom(options: Options, log: Log, outer: AbortSignal) {
  const unlock = await lockDirectory(options.dir)
  const ended = new AbortController()
  const stop = AbortSignal.any([outer, ended.signal])
  const onEnding = (error: unknown) => ended.abort(error)
  try {
    const client = createClient(options.url)
    const identity = await openIdentity({ options, client, log, stop })
    const reports = createReports({ client, identity, log, onEnding })
    let isOnline = false
    let mayFail = options.failsOnce
    const deployments = createDeployments({
      options,
      client,
      identity,
      log,
      reports,
      downloadSlots: createSlots(options.maxParallel),
      commandSlots: createSlots(1),
      takeDemoFault: () => {
        const fails = mayFail
        mayFail = false
        return fails
      },
      onEnding,
      onChange: () => log.status(statusLine(identity.atomName, isOnline, deployments.progress())),
    })
    log.event('started', `${identity.atomName} runs; its files lie in ${options.dir}.`, { dir: options.dir })
    try {
      await followDesired({
        client,
        identity,
        log,
        stop,
        onDesired: deployments.want,
        onOnline: (now) => {
          if (now !== isOnline)
            log.event(now ? 'online' : 'offline', now ? 'Connected.' : 'The connection is lost.')
          isOnline = now
          log.status(statusLine(identity.atomName, isOnline, deployments.progress()))
        },
      })
    } finally {
      await deployments.stop()
      await reports.close()
    }
    if (ended.signal.aborted) throw ended.signal.reason
  } finally {
    await unlock()
  }
}

type Following = {
  client: Client
  identity: Identity
  log: Log
  stop: AbortSignal
  onDesired: (desired: DesiredState) => Promise<void>
  onOnline: (isOnline: boolean) => void
}

/** Keeps asking what to run; each answer comes when something changed, or after a while. */
async function followDesired({ client, identity, log, stop, onDesired, onOnline }: Following) {
  let revision: string | undefined
  for (let failures = 0; !stop.aborted; ) {
    try {
      const desired = await identity.call((credential) => client.desired(credential, revision, stop))
      failures = 0
      onOnline(true)
      if (desired === undefined) continue
      await onDesired(desired)
      revision = desired.revision
    } catch (error) {
      if (stop.aborted) return
      if (error instanceof Ending) throw error
      failures += 1
      onOnline(false)
      log.event('server-away', error instanceof Error ? error.message : String(error))
      const asked = error instanceof Refused ? (error.retryAfterMillis ?? 0) : 0
      await pause(Math.max(backOffMillis(failures), asked), stop)
    }
  }
}

function statusLine(
  name: string,
  isOnline: boolean,
  all: ReturnType<ReturnType<typeof createDeployments>['progress']>,
) {
  const count = (state: string) => all.filter((one) => one.state === state).length
  const loading = all.filter(({ state }) => state === 'DOWNLOADING')
  const total = loading.reduce((sum, one) => sum + one.total, 0)
  const bytes = loading.reduce((sum, one) => sum + one.bytes, 0)
  const percent = total > 0 ? ` ${Math.floor((100 * bytes) / total)} %` : ''
  return [
    name,
    isOnline ? 'online' : 'offline',
    `${count('ACTIVE')} active`,
    ...(loading.length > 0 ? [`${loading.length} downloading${percent}`] : []),
    ...(count('FAILED') > 0 ? [`${count('FAILED')} failed`] : []),
  ].join(' · ')
}
