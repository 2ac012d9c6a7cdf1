import type { TokenView } from '@packline/contract/api-tokens.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { refreshTokens, revokeToken } from './settings.queries.ts'

type RevokeTokenDialogProps = { token: TokenView | null; onClose: () => void }

/** Asks before a script loses its way in. */
export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ id }: TokenView) => revokeToken(id),
    onSuccess: async (_, { name }) => {
      announce(`Token ${name} revoked`)
      onClose()
      await refreshTokens()
    },
  })
  // The dialog keeps its words while it closes.
  const [shown, setShown] = useState(token)
  if (token !== null && token !== shown) setShown(token)
  return (
    <ConfirmDialog
      isOpen={token !== null}
      onClose={() => {
        reset()
        onClose()
      }}
      onConfirm={() => token && !isPending && mutate(token)}
      title={`Revoke ${shown?.name ?? 'the token'}?`}
      confirmLabel="Revoke"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>
        Whatever uses this token in {shown?.accountName} is refused from this moment on. It cannot be brought
        back; make a new one where one is needed.
      </p>
    </ConfirmDialog>
  )
}
