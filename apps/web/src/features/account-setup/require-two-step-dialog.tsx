import type { TwoStepRequirement } from '@packline/contract/accounts.ts'
import { useMutation } from '@tanstack/react-query'
import { formatCount } from '../../lib/dates.ts'
import { refreshSession } from '../../session-query.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { refreshOwnAccount, requireTwoStep } from './account-setup.queries.ts'

type RequireTwoStepDialogProps = {
  /** What is to be confirmed. */
  requiresTwoStep: boolean
  requirement: TwoStepRequirement
  isOpen: boolean
  onClose: () => void
}

export function RequireTwoStepDialog({
  requiresTwoStep,
  requirement,
  isOpen,
  onClose,
}: RequireTwoStepDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => requireTwoStep(requiresTwoStep),
    onSuccess: async () => {
      onClose()
      announce(requiresTwoStep ? 'Two-step sign-in is required' : 'Two-step sign-in is not required any more')
      await Promise.all([refreshOwnAccount(), refreshSession()])
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        onClose()
        reset()
      }}
      onConfirm={() => !isPending && mutate()}
      title={requiresTwoStep ? 'Require two-step sign-in?' : 'Stop requiring two-step sign-in?'}
      confirmLabel={requiresTwoStep ? 'Require It' : 'Stop Requiring It'}
      isDangerous={!requiresTwoStep}
      isBusy={isPending}
      error={error}
    >
      {requiresTwoStep ? (
        <Consequences {...requirement} />
      ) : (
        <p>
          Afterwards a password alone opens this account again to everybody who has no two-step sign-in, and
          whoever has it may turn it off.
        </p>
      )}
    </ConfirmDialog>
  )
}

function Consequences({ withoutCount, peopleCount, tellsByMail }: TwoStepRequirement) {
  if (withoutCount === 0) {
    return <p>Everybody who works here with a password has it already, so nothing changes for them now.</p>
  }
  return (
    <>
      <p>
        <strong>
          {formatCount(withoutCount)} of {formatCount(peopleCount)} who work here have none.
        </strong>{' '}
        From now on they can do nothing in this account until they turn it on, and neither can their API
        tokens. When they sign in they are led there.{' '}
        {tellsByMail ? 'A mail tells them.' : 'Packline sends no mail here, so tell them.'}
      </p>
      <p>
        Whoever comes by single sign-on goes on as before. Releases that are scheduled go out all the same.
      </p>
    </>
  )
}
