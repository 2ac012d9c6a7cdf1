import type { ReportBody } from '@packline/contract/atom-protocol.ts'
import { backOffMillis, pause } from './back-off.ts'
import { type Client, isPassing } from './client.ts'
import { Ending } from './ending.ts'
import type { Identity } from './identity.ts'
import type { Log } from './log.ts'

const progressInterval = 1_000
const farewell = 2_000

export type Reports = { send: (report: ReportBody) => void; close: () => Promise<void> }

type Context = { client: Client; identity: Identity; log: Log; onEnding: (ending: Ending) => void }

/**
 * Tells the server how deliveries go: the latest state of each, also when it could not be reached meanwhile. Of the
 * progress of a download it hears once a second.
 */
export function createReports({ client, identity, log, onEnding }: Context): Reports {
  const waiting = new Map<string, ReportBody>()
  const lastProgress = new Map<string, { state: string; at: number }>()
  const stop = new AbortController()
  let isClosing = false
  let sending: Promise<void> = Promise.resolve()
  let isSending = false

  async function sendAll() {
    for (let failures = 0; waiting.size > 0 && !stop.signal.aborted; ) {
      const [[attachmentId, report] = []] = waiting
      if (attachmentId === undefined || report === undefined) return
      waiting.delete(attachmentId)
      try {
        await identity.call((credential) => client.report(credential, report, stop.signal))
        failures = 0
      } catch (error) {
        if (error instanceof Ending) return onEnding(error)
        if (stop.signal.aborted) return
        if (!isPassing(error)) {
          // It runs here no longer, or another release is wanted by now; the next answer of the server says which.
          log.event('report-refused', `The server did not want a report: ${String(error)}`, report)
          continue
        }
        // A newer one may have come meanwhile; it says all there is to say.
        if (!waiting.has(attachmentId)) waiting.set(attachmentId, report)
        if (isClosing) return
        failures += 1
        await pause(backOffMillis(failures), stop.signal)
      }
    }
  }

  function send(report: ReportBody) {
    const { attachmentId, releaseId, state } = report
    const last = lastProgress.get(attachmentId)
    const key = `${releaseId} ${state}`
    const isMoreOfTheSame = state === 'DOWNLOADING' && last?.state === key
    if (isMoreOfTheSame && performance.now() - last.at < progressInterval) return
    lastProgress.set(attachmentId, { state: key, at: performance.now() })
    waiting.delete(attachmentId)
    waiting.set(attachmentId, report)
    if (isSending) return
    isSending = true
    sending = sendAll().finally(() => {
      isSending = false
    })
  }

  return {
    send,
    close: async () => {
      isClosing = true
      await Promise.race([sending, pause(farewell, stop.signal)])
      stop.abort()
      await sending
    },
  }
}
