import type { RetryDeliveriesResult } from '@packline/contract/rollout.ts'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../../api.ts'
import { hasCode } from '../../lib/api-problem.ts'
import { formatCount, plural } from '../../lib/dates.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { usePermission } from '../../session.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Allowed } from '../../ui/why-not.tsx'
import { refreshRollout } from './rollout.queries.ts'

type RetryFailedProps = { releaseId: string; failed: number; countedAt: string }

/** Lets every Atom that failed fetch the release again: once, however often it is clicked. */
export function RetryFailed({ releaseId, failed, countedAt }: RetryFailedProps) {
  const permission = usePermission('retry-deliveries')
  // A second click comes before the button can show that the first one is under way.
  const isSending = useRef(false)
  const retry = useMutation({
    mutationFn: () =>
      sendOnce({ act: 'retry-deliveries', releaseId, countedAt }, (idempotencyKey) =>
        api.retryDeliveries({ releaseId, idempotencyKey }, {}),
      ),
    onSuccess: (result) => showBanner({ text: resultText(result) }),
    onError: (error) => {
      if (hasCode(error, 'nothing-failed')) showBanner({ tone: 'info', text: error.message })
    },
    onSettled: async () => {
      isSending.current = false
      await refreshRollout(releaseId)
    },
  })
  const run = () => {
    if (isSending.current) return
    isSending.current = true
    retry.mutate()
  }
  const error = hasCode(retry.error, 'nothing-failed') ? null : retry.error
  if (failed === 0 && !error) return null
  return (
    <>
      <Allowed permission={permission}>
        <Button loading={retry.isPending} onClick={run}>
          Retry {formatCount(failed)} failed
        </Button>
      </Allowed>
      {error && <ErrorState error={error} onRetry={run} />}
    </>
  )
}

const resultText = ({ retried, isMoreLeft }: RetryDeliveriesResult) =>
  isMoreLeft
    ? `${plural(retried, 'node')} will fetch the release again. There are more that failed: retry them, too.`
    : `${plural(retried, 'node')} will fetch the release again as soon as ${retried === 1 ? 'it is' : 'they are'} there.`
