import { Button } from '@mantine/core'
import type { WebhookView } from '@packline/contract/webhooks.ts'
import { useMutation } from '@tanstack/react-query'
import { type ApiProblem, hasCode } from '../../lib/api-problem.ts'
import { Banner } from '../../ui/banner.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { type WebhookDraft, WebhookForm } from './webhook-form.tsx'
import { editWebhook, refreshWebhooks } from './webhooks.queries.ts'

type EditWebhookDialogProps = { webhook: WebhookView; isOpen: boolean; onClose: () => void }
type Attempt = { draft: WebhookDraft; version: number }

export function EditWebhookDialog({ webhook, isOpen, onClose }: EditWebhookDialogProps) {
  const { mutate, isPending, error, variables, reset } = useMutation({
    mutationFn: ({ draft, version }: Attempt) => editWebhook({ id: webhook.id, version }, draft),
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
  const { url, description, events } = webhook
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Edit Webhook" size="lg" isBusy={isPending}>
      <WebhookForm
        initial={{ url, description, events }}
        submitLabel="Save"
        isBusy={isPending}
        error={error}
        {...(isConflict && {
          conflict: (
            <div role="alert">
              <Banner
                tone="warning"
                extra={
                  <>
                    <Button
                      size="compact-sm"
                      disabled={isPending}
                      onClick={() => {
                        close()
                        void refreshWebhooks()
                      }}
                    >
                      Show the newer state
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={isPending}
                      onClick={() =>
                        variables && mutate({ draft: variables.draft, version: currentVersionOf(error) })
                      }
                    >
                      Save mine anyway
                    </Button>
                  </>
                }
              >
                {error.message}
              </Banner>
            </div>
          ),
        })}
        onSubmit={(draft) =>
          mutate({ draft, version: isConflict ? currentVersionOf(error) : webhook.version })
        }
        onCancel={close}
      />
    </Dialog>
  )
}

/** The version to decide on, once one has been told that there is a newer one. */
function currentVersionOf({ details: { current } }: ApiProblem): number {
  const version =
    typeof current === 'object' && current !== null && 'version' in current ? current.version : undefined
  if (typeof version !== 'number') throw new Error('The refusal did not say what the webhook is like now')
  return version
}
