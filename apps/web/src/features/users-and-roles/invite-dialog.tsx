import { Button, Text, TextInput } from '@mantine/core'
import { invitationDays } from '@packline/domain/accounts/link-limits.ts'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { invite, refreshUsers } from './account-users.queries.ts'
import { LinkShown } from './link-shown.tsx'
import { RoleChoice } from './role-choice.tsx'

export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Invite User" size="lg">
      {isOpen && <InviteForm onClose={onClose} />}
    </Dialog>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const id = useId()
  const ids = { email: `${id}email`, roleIds: `${id}roles` }
  const [email, setEmail] = useState('')
  const [roleIds, setRoleIds] = useState<string[]>([])
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: invite,
    onSuccess: async ({ invitation }) => {
      await refreshUsers()
      announce(`${invitation.email} is invited`)
    },
  })
  if (data) {
    return (
      <LinkShown
        email={data.invitation.email}
        isMailed={data.isMailed}
        link={data.link}
        lifetime={`${invitationDays} days`}
        ifLost="Send the invitation again to get a new one."
        onDone={onClose}
      />
    )
  }
  const refused = isRefusal(error) ? fieldProblems(error, ids) : null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) mutate({ email, roleIds })
      }}
    >
      <FormErrors errors={refused?.summary ?? []} />
      {error && !refused && <ErrorState error={error} />}
      <TextInput
        id={ids.email}
        label="E-mail"
        description="Whoever has this address gets a link to accept with, whether or not they have a Packline user already."
        type="email"
        autoComplete="off"
        withAsterisk
        required
        data-autofocus
        value={email}
        error={refused?.byField['email']}
        onChange={({ currentTarget: { value } }) => setEmail(value)}
      />
      <RoleChoice
        id={ids.roleIds}
        chosen={roleIds}
        problem={refused?.byField['roleIds']}
        onChange={setRoleIds}
      />
      <Text size="sm" c="dimmed" mt="md">
        * Required fields.
      </Text>
      <DialogActions>
        <Button type="submit" loading={isPending}>
          Invite
        </Button>
        <Button variant="default" disabled={isPending} onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
