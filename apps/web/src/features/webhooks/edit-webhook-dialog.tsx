import type { WebhookView } from '@packline/contract/webhooks.ts'
import { useMutation } from '@tanstack/react-query'
import { currentVersionOf, hasCode } from '../../lib/api-problem.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { useAsOpened } from '../../ui/use-as-opened.ts'
import { type WebhookDraft, WebhookForm } from './webhook-form.tsx'
import { editWebhook, refreshWebhooks } from './webhooks.queries.ts'

type EditWebhookDialogProps = { webhook: WebhookView; isOpen: boolean; onClose: () => void }
type Attempt = { draft: WebhookDraft; version: number }

export function EditWebhookDialog({ webhook, isOpen, onClose }: EditWebhookDialogProps) {
  const opened = useAsOpened(webhook, isOpen)
  const { mutate, isPending, error, variables, reset } = useMutation({
    mutationFn: ({ draft, version }: Attempt) => editWebhook({ id: opened.id, version }, draft),
    onSuccess: async () => {
      await refreshWebhooks()
      announce('Webhook saved')
      onClose()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  const isConflict = hasCode(error, 'webhook-changed')
  const { url, description, events } = opened
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Edit Webhook" size="lg" isBusy={isPending}>
      <WebhookForm
        initial={{ url, description, events }}
        submitLabel="Save"
        isBusy={isPending}
        error={error}
        {...(isConflict && {
          conflict: (
            <Conflict
              message={error.message}
              isBusy={isPending}
              onKeepNewer={() => {
                close()
                void refreshWebhooks()
              }}
              onAnyway={() =>
                variables && mutate({ draft: variables.draft, version: currentVersionOf(error) })
              }
            />
          ),
        })}
        onSubmit={(draft) =>
          mutate({ draft, version: isConflict ? currentVersionOf(error) : opened.version })
        }
        onCancel={close}
      />
    </Dialog>
  )
}
