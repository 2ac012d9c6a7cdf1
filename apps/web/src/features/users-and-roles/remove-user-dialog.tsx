import type { AccountUserView } from '@packline/contract/account-users.ts'
import { useMutation } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { forgetRemoved, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { refreshUserLists, removeUser, userQueries } from './account-users.queries.ts'
import { nameOf } from './user-words.tsx'

type RemoveUserDialogProps = {
  user: AccountUserView
  isOpen: boolean
  onClose: () => void
  onRemoved: () => void
}

export function RemoveUserDialog({ user, isOpen, onClose, onRemoved }: RemoveUserDialogProps) {
  const name = nameOf(user)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => remove(userQueries.one(user.id).queryKey, () => removeUser(user.id)),
    onSuccess: async ({ scheduledReleases, revokedTokens }) => {
      onClose()
      onRemoved()
      forgetRemoved(userQueries.one(user.id).queryKey)
      const facts = [
        revokedTokens > 0 && `${plural(revokedTokens, 'API token')} revoked.`,
        scheduledReleases > 0 &&
          `${plural(scheduledReleases, 'release')} scheduled by them ${scheduledReleases === 1 ? 'goes' : 'go'} out all the same.`,
      ].filter(Boolean)
      showBanner({ text: [`${name} was removed from the account.`, ...facts].join(' ') })
      await refreshUserLists()
    },
  })
  const close = () => {
    onClose()
    reset()
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => mutate()}
      title={user.isYou ? 'Remove yourself from this account?' : `Remove ${name} from this account?`}
      confirmLabel="Remove User"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>
        {user.isYou ? 'Your' : 'Their'} sessions in this account end at once and{' '}
        {user.isYou ? 'your' : 'their'} API tokens for it are revoked. Releases {user.isYou ? 'you' : 'they'}{' '}
        have scheduled go out all the same, under {user.isYou ? 'your' : 'their'} name. Other accounts are not
        affected.
      </p>
    </ConfirmDialog>
  )
}
