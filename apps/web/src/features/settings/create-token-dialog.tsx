import type { CreatedToken } from '@packline/contract/api-tokens.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { CreateTokenForm } from './create-token-form.tsx'
import { createToken, refreshTokens } from './settings.queries.ts'
import { TokenShown } from './token-shown.tsx'

/** Makes a token, then shows it: once, and until the dialog is closed. */
export function CreateTokenDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [created, setCreated] = useState<CreatedToken | null>(null)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: createToken,
    // Not kept beside the dialog: nothing else has any use for it.
    gcTime: 0,
    onSuccess: async (answer) => {
      setCreated(answer)
      announce(`Token ${answer.apiToken.name} made. It is shown once.`)
      await refreshTokens()
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
      title={created ? `API token ${created.apiToken.name}` : 'New API token'}
      size="lg"
      isBusy={isPending}
    >
      {created ? (
        <TokenShown created={created} onDone={close} />
      ) : (
        <CreateTokenForm isBusy={isPending} error={error} onSubmit={mutate} onCancel={close} />
      )}
    </Dialog>
  )
}
