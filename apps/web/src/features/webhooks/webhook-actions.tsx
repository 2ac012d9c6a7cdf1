import { Button } from '@mantine/core'
import type { WebhookView } from '@packline/contract/webhooks.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { announce } from '../../ui/live-region.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { DeleteWebhookDialog } from './delete-webhook-dialog.tsx'
import { EditWebhookDialog } from './edit-webhook-dialog.tsx'
import { RollSecretDialog } from './roll-secret-dialog.tsx'
import { pauseWebhook, refreshWebhooks, sendTest } from './webhooks.queries.ts'
import classes from './webhooks.module.css'

/** What can be done with a webhook by whoever may change it. */
export function WebhookActions({ webhook }: { webhook: WebhookView }) {
  const [open, setOpen] = useState<'edit' | 'roll' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const isPaused = webhook.pause !== null
  const testing = useMutation({
    mutationFn: () => sendTest(webhook.id),
    onSuccess: () => {
      announce('Test event sent. The log below says how it went.')
      return refreshWebhooks()
    },
  })
  const pausing = useMutation({
    mutationFn: () => pauseWebhook(webhook, !isPaused),
    onSuccess: () => {
      announce(isPaused ? 'The webhook is called again' : 'The webhook is paused')
      return refreshWebhooks()
    },
  })
  const error = testing.error ?? pausing.error
  return (
    <>
      <div className={classes['actions']} data-no-print>
        <ReasonedButton
          size="sm"
          whyNot={isPaused ? 'Resume the webhook to send a test event.' : null}
          isBusy={testing.isPending}
          onClick={() => testing.mutate()}
        >
          Send a test event
        </ReasonedButton>
        <Button variant="default" size="sm" onClick={() => setOpen('edit')}>
          Edit Webhook
        </Button>
        <Button variant="default" size="sm" loading={pausing.isPending} onClick={() => pausing.mutate()}>
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <Button variant="default" size="sm" onClick={() => setOpen('roll')}>
          Roll secret
        </Button>
        <Button variant="default" size="sm" onClick={() => setOpen('delete')}>
          Delete Webhook
        </Button>
      </div>
      {error && <ErrorState error={error} />}
      <EditWebhookDialog webhook={webhook} isOpen={open === 'edit'} onClose={close} />
      <RollSecretDialog webhook={webhook} isOpen={open === 'roll'} onClose={close} />
      <DeleteWebhookDialog webhook={webhook} isOpen={open === 'delete'} onClose={close} />
    </>
  )
}
