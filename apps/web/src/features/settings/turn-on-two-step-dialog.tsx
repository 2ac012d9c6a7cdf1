import type { CodeKey } from '@packline/contract/two-step-sign-in.ts'
import { inGroups } from '@packline/domain/accounts/two-step-sign-in.ts'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import { announce } from '../../ui/live-region.tsx'
import { ProofForm } from './proof-form.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodesShown } from './recovery-codes-shown.tsx'
import classes from './settings.module.css'
import { refreshTwoStep } from './settings.queries.ts'

/** The password, then the key for the app and its first code, then the recovery codes. */
export function TurnOnTwoStepDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  // Secrets are not kept beside the dialog: nothing else has any use for them.
  const start = useMutation({ mutationFn: api.startTwoStep, gcTime: 0 })
  const confirm = useMutation({
    mutationFn: api.turnOnTwoStep,
    gcTime: 0,
    onSuccess: async () => {
      announce('Two-step sign-in is on. All other sessions have ended.')
      await refreshTwoStep()
    },
  })
  const close = () => {
    start.reset()
    confirm.reset()
    onClose()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title="Turn on two-step sign-in"
      size="lg"
      isBusy={start.isPending || confirm.isPending}
    >
      {confirm.data ? (
        <RecoveryCodesShown codes={confirm.data.recoveryCodes} onDone={close} />
      ) : start.data ? (
        <FirstCode codeKey={start.data} confirm={confirm} onCancel={close} />
      ) : (
        <>
          <p>It needs an authenticator app on your phone, and ends every other session of yours.</p>
          <ProofForm
            asksFor={['password']}
            codeHint=""
            submitLabel="Go on"
            isBusy={start.isPending}
            error={start.error}
            onSubmit={({ password }) => start.mutate({ password })}
            onCancel={close}
          />
        </>
      )}
    </Dialog>
  )
}

type FirstCodeProps = {
  codeKey: CodeKey
  confirm: { mutate: (body: { code: string }) => void; isPending: boolean; error: Error | null }
  onCancel: () => void
}

function FirstCode({ codeKey: { key, address }, confirm, onCancel }: FirstCodeProps) {
  return (
    <DialogStep title="Add Packline to your authenticator app">
      <p>Scan this with the app. Where that is not possible, enter the key under it.</p>
      <QrCode text={address} label="QR code with the key for your authenticator app" />
      <div className={classes['secret']}>
        <div className={classes['secretHead']}>
          <span>Key</span>
          <CopyButton value={key} what="key" />
        </div>
        <code className={classes['secretText']}>{inGroups(key).replaceAll('-', ' ')}</code>
      </div>
      <ProofForm
        asksFor={['code']}
        codeHint="The six digits that the app shows for Packline now."
        submitLabel="Turn on"
        isBusy={confirm.isPending}
        error={confirm.error}
        onSubmit={({ code }) => confirm.mutate({ code })}
        onCancel={onCancel}
      />
    </DialogStep>
  )
}
