import { Button, Radio, Stack } from '@mantine/core'
import type { WebhookView } from '@packline/contract/webhooks.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { announce } from '../../ui/live-region.tsx'
import { WebhookSecret } from './webhook-secret.tsx'
import { refreshWebhooks, rollSecret } from './webhooks.queries.ts'

type RollSecretDialogProps = { webhook: WebhookView; isOpen: boolean; onClose: () => void }

/** Gives the webhook another secret, with a day for changing over or without. */
export function RollSecretDialog({ webhook, isOpen, onClose }: RollSecretDialogProps) {
  const [endsFormerNow, setEndsFormerNow] = useState(false)
  const { mutate, data, isPending, error, reset } = useMutation({
    mutationFn: () => rollSecret(webhook, { endsFormerNow }),
    gcTime: 0,
    onSuccess: () => {
      announce('There is a new secret. It is shown once.')
      return refreshWebhooks()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={data ? 'New signing secret' : 'Roll the signing secret?'}
      size="lg"
      isBusy={isPending}
    >
      {data ? (
        <WebhookSecret secret={data.secret} onDone={close} />
      ) : (
        <>
          {error && <ErrorState error={error} />}
          <Radio.Group
            label="The secret in use now"
            value={endsFormerNow ? 'now' : 'later'}
            onChange={(value) => setEndsFormerNow(value === 'now')}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="later"
                label="Signs for 24 more hours beside the new one"
                description="Whatever receives the calls can change over without missing one."
              />
              <Radio value="now" label="Ends now" description="When somebody else may have seen it." />
            </Stack>
          </Radio.Group>
          <DialogActions>
            <Button loading={isPending} onClick={() => mutate()}>
              Roll secret
            </Button>
            <Button variant="default" disabled={isPending} onClick={close} data-autofocus>
              Cancel
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}
