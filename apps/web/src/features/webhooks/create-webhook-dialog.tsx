import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { WebhookForm } from './webhook-form.tsx'
import { WebhookSecret } from './webhook-secret.tsx'
import { createWebhook, refreshWebhooks } from './webhooks.queries.ts'

type Created = Awaited<ReturnType<typeof createWebhook>>

/** Makes a webhook, then shows its secret: once, and until the dialog is closed. */
export function CreateWebhookDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [created, setCreated] = useState<Created | null>(null)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: createWebhook,
    // Not kept beside the dialog: nothing else has any use for it.
    gcTime: 0,
    onSuccess: async (answer) => {
      setCreated(answer)
      announce('Webhook created. Its secret is shown once.')
      await refreshWebhooks()
    },
  })
  const close = () => {
    reset()
    setCreated(null)
    onClose()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={created ? 'Signing secret of the new webhook' : 'Create Webhook'}
      size="lg"
      isBusy={isPending}
    >
      {created ? (
        <WebhookSecret secret={created.secret} onDone={close} />
      ) : (
        <WebhookForm
          initial={{ url: '', description: '', events: [] }}
          submitLabel="Create Webhook"
          isBusy={isPending}
          error={error}
          onSubmit={mutate}
          onCancel={close}
        />
      )}
    </Dialog>
  )
}
