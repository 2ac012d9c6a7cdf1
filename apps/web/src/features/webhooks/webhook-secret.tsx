import { Button } from '@mantine/core'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import classes from './webhooks.module.css'

type WebhookSecretProps = { secret: string | null; onDone: () => void }

/** The secret that signs what is sent. It is here and nowhere else, and gone with the dialog. */
export function WebhookSecret({ secret, onDone }: WebhookSecretProps) {
  if (secret === null) {
    return (
      <>
        <Banner tone="warning">
          The secret was made, but the answer that had it was lost on its way. It cannot be shown again: use
          Roll secret to make another one.
        </Banner>
        <DialogActions>
          <Button onClick={onDone}>Close</Button>
        </DialogActions>
      </>
    )
  }
  return (
    <>
      <Banner tone="warning">
        <strong>Shown once.</strong> Copy it now to whatever receives the calls and keep it like a password.
      </Banner>
      <div className={classes['secret']}>
        <div className={classes['secretHead']}>
          <span>Signing secret</span>
          <CopyButton value={secret} what="signing secret" />
        </div>
        <code className={classes['secretText']}>{secret}</code>
      </div>
      <p className={classes['note']}>
        Every call carries the headers <code>webhook-id</code>, <code>webhook-timestamp</code> and{' '}
        <code>webhook-signature</code> of Standard Webhooks. Libraries for many languages verify them with
        this secret.
      </p>
      <DialogActions>
        <Button onClick={onDone}>I have copied it</Button>
      </DialogActions>
    </>
  )
}
