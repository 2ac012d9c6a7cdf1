import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { api } from '../../api.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { hasCode } from '../../lib/api-problem.ts'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './settings.module.css'
import { settingsQueries } from './settings.queries.ts'

const leastLength = 8
const empty = { currentPassword: '', newPassword: '', repeated: '' }

export function PasswordForm() {
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState(empty)
  const [missing, setMissing] = useState<{ fieldId: string; message: string }[]>([])
  const { mutate, isPending, isSuccess, error, reset } = useMutation({
    mutationFn: api.changePassword,
    onSuccess: async () => {
      setTyped(empty)
      announce('Password changed. All other sessions have ended.')
      await queryClient.invalidateQueries({ queryKey: settingsQueries.devices.queryKey })
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const problems = problemsOf(typed)
    setMissing(problems)
    reset()
    const { currentPassword, newPassword } = typed
    if (problems.length === 0 && !isPending) mutate({ currentPassword, newPassword })
  }
  const errors = error ? [{ fieldId: fieldOf(error), message: messageOf(error) }] : missing
  const field = (name: keyof typeof typed, id: string) => ({
    id,
    name,
    value: typed[name],
    error: errors.find(({ fieldId }) => fieldId === id)?.message,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <form className={classes['form']} onSubmit={submit} noValidate>
      <FormErrors errors={errors} />
      <p className={classes['note']}>
        Changing the password ends every other session of yours; this one goes on.
      </p>
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        {...field('currentPassword', 'current-password')}
      />
      <PasswordInput
        label="New password"
        description={`At least ${leastLength} characters`}
        autoComplete="new-password"
        {...field('newPassword', 'new-password')}
      />
      <PasswordInput
        label="New password again"
        autoComplete="new-password"
        {...field('repeated', 'repeated-password')}
      />
      <Button type="submit" variant="default" loading={isPending}>
        Change password
      </Button>
      {isSuccess && typed.newPassword === '' && (
        <p className={classes['note']}>Changed. All other sessions have ended.</p>
      )}
    </form>
  )
}

function problemsOf({ currentPassword, newPassword, repeated }: typeof empty) {
  const problems: { fieldId: string; message: string }[] = []
  if (currentPassword === '') {
    problems.push({ fieldId: 'current-password', message: 'Enter your current password.' })
  }
  if ([...newPassword].length < leastLength) {
    problems.push({
      fieldId: 'new-password',
      message: `The new password needs at least ${leastLength} characters.`,
    })
  } else if (newPassword !== repeated) {
    problems.push({ fieldId: 'repeated-password', message: 'The two new passwords are not the same.' })
  }
  return problems
}

const fieldOf = (error: Error) =>
  hasCode(error, 'current-password-wrong', 'user-locked') ? 'current-password' : 'new-password'
