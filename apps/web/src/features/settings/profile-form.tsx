import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { api } from '../../api.ts'
import { hasCode } from '../../lib/api-problem.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { useSession } from '../../session.ts'
import { refreshSession } from '../../session-query.ts'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './settings.module.css'
import { TimeZoneField } from './time-zone-field.tsx'

const fieldOf: Record<string, string> = {
  'first-name-too-long': 'first-name',
  'last-name-too-long': 'last-name',
  'time-zone-unknown': 'time-zone',
}

export function ProfileForm() {
  const { user } = useSession()
  const [firstName, setFirstName] = useState(user.firstName)
  const [lastName, setLastName] = useState(user.lastName)
  const [chosenZone, setTimeZone] = useState<string | null>(null)
  // The banner above the page may save a zone, too.
  const timeZone = chosenZone ?? user.timeZone

  const { mutate, isPending, isSuccess, error, reset } = useMutation({
    mutationFn: api.editProfile,
    onSuccess: async () => {
      await refreshSession()
      announce('User information saved')
    },
  })
  const isChanged = firstName !== user.firstName || lastName !== user.lastName || timeZone !== user.timeZone
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isPending) mutate({ firstName, lastName, ...(timeZone !== null && { timeZone }) })
  }
  const change = (set: (text: string) => void) => (text: string) => {
    set(text)
    if (isSuccess) reset()
  }
  return (
    <form className={classes['form']} onSubmit={submit}>
      <FormErrors errors={error ? [errorOf(error)] : []} />
      <dl className={classes['fact']}>
        <dt>E-mail</dt>
        <dd>{user.email}</dd>
      </dl>
      <TextInput
        id="first-name"
        label="First name"
        autoComplete="given-name"
        maxLength={100}
        value={firstName}
        onChange={(event) => change(setFirstName)(event.currentTarget.value)}
      />
      <TextInput
        id="last-name"
        label="Last name"
        autoComplete="family-name"
        maxLength={100}
        value={lastName}
        onChange={(event) => change(setLastName)(event.currentTarget.value)}
      />
      <TimeZoneField value={timeZone} onChange={change(setTimeZone)} />
      <Button type="submit" loading={isPending}>
        Save
      </Button>
      {isSuccess && !isChanged && <p className={classes['note']}>Saved.</p>}
    </form>
  )
}

const errorOf = (error: Error) => {
  const fieldId = hasCode(error, ...Object.keys(fieldOf)) ? fieldOf[error.code] : undefined
  return { message: messageOf(error), ...(fieldId !== undefined && { fieldId }) }
}
