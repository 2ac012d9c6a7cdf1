import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { focusNear } from '../../ui/focus-near.ts'
import { announce } from '../../ui/live-region.tsx'
import { refreshUsers, unlockUser } from './account-users.queries.ts'

/** Lets a user sign in again at once after too many bad sign-ins. Goes with the lock. */
export function UnlockButton({ userId }: { userId: string }) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => unlockUser(userId),
    onSuccess: async () => {
      await refreshUsers()
      announce('The lock was lifted')
      if (document.activeElement === document.body) focusNear(null)
    },
  })
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        Lift Lock
      </Button>
      {error && <ErrorState error={error} />}
    </>
  )
}
