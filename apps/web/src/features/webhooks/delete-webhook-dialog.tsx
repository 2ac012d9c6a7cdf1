import type { WebhookView } from '@packline/contract/webhooks.ts'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { forgetRemoved, remove } from '../../query-client.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { deleteWebhook, refreshWebhooks, webhookQueries } from './webhooks.queries.ts'

type DeleteWebhookDialogProps = { webhook: WebhookView; isOpen: boolean; onClose: () => void }

export function DeleteWebhookDialog({ webhook, isOpen, onClose }: DeleteWebhookDialogProps) {
  const navigate = useNavigate()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => remove(webhookQueries.one(webhook.id).queryKey, () => deleteWebhook(webhook)),
    onSuccess: async () => {
      announce('Webhook deleted')
      await navigate(paths.webhooks())
      forgetRemoved(webhookQueries.one(webhook.id).queryKey)
      await refreshWebhooks()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => !isPending && mutate()}
      title="Delete this webhook?"
      confirmLabel="Delete Webhook"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>
        {webhook.url} is not called any more
        {webhook.waiting > 0 &&
          `, and ${plural(webhook.waiting, 'delivery', 'deliveries')} that still wait are not sent`}
        . Its log of deliveries goes with it.
      </p>
    </ConfirmDialog>
  )
}
