import type { AtomView } from '@packline/contract/atoms.ts'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

type Node = AtomView['nodes'][number]
type RevokeNodeDialogProps = { atomId: string; node: Node | null; onClose: () => void }

/** Asks before a node's credential ends. */
export function RevokeNodeDialog({ atomId, node, onClose }: RevokeNodeDialogProps) {
  // The dialog keeps its words while it closes.
  const [shown, setShown] = useState(node)
  useEffect(() => {
    if (node) setShown(node)
  }, [node])
  const revoking = useMutation({
    mutationFn: ({ id: nodeId }: Node) =>
      sendOnce({ act: 'revoke node', atomId, nodeId }, (idempotencyKey) =>
        api.revokeNode({ atomId, nodeId, idempotencyKey }),
      ),
    onSuccess: async (_result, { name }) => {
      await refreshManagedAccount()
      showBanner({ text: `The node “${name}” was revoked.` })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      isOpen={node !== null}
      onClose={() => {
        revoking.reset()
        onClose()
      }}
      onConfirm={() => {
        if (node && !revoking.isPending) revoking.mutate(node)
      }}
      title={`Revoke the node “${shown?.name ?? ''}”?`}
      confirmLabel="OK"
      isDangerous
      isBusy={revoking.isPending}
      error={revoking.error}
    >
      <p>
        Its credential stops working at once, and the program on that machine ends. To bring it back, run a
        new install command there.
      </p>
    </ConfirmDialog>
  )
}
