import { Button, TextInput } from '@mantine/core'
import type { UserView } from '@packline/contract/session.ts'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { api } from '../../api.ts'
import { hasCode } from '../../lib/api-problem.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { useSaveSeen } from '../../lib/use-save-seen.ts'
import { queryClient } from '../../query-client.ts'
import type { WithETag } from '../../request.ts'
import { refreshSession } from '../../session-query.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Loading } from '../../ui/loading.tsx'
import { settingsQueries } from './settings.queries.ts'
import classes from './settings.module.css'
import { TimeZoneField } from './time-zone-field.tsx'

const fieldOf: Record<string, string> = {
  'first-name-too-long': 'first-name',
  'last-name-too-long': 'last-name',
  'time-zone-unknown': 'time-zone',
}

export function ProfileForm() {
  const { data, error, refetch } = useQuery(settingsQueries.profile)
  if (data) return <Fields profile={data} />
  return error ? (
    <ErrorState title="Your names could not be loaded" error={error} onRetry={() => void refetch()} />
  ) : (
    <Loading lines={4} label="Loading your names" />
  )
}

function Fields({ profile }: { profile: WithETag<UserView> }) {
  const [seen, setSeen] = useState(profile)
  const [firstName, setFirstName] = useState(profile.firstName)
  const [lastName, setLastName] = useState(profile.lastName)
  const [chosenZone, setTimeZone] = useState<string | null>(null)
  // The banner above the page may save a zone, too.
  const timeZone = chosenZone ?? profile.timeZone

  const { save, isSaving, isSaved, error, conflict, reset } = useSaveSeen({
    etag: profile.etag,
    send: (draft: Parameters<typeof api.editProfile>[0], ifMatch) => api.editProfile(draft, { ifMatch }),
    onSaved: async (saved) => {
      queryClient.setQueryData(settingsQueries.profile.queryKey, saved)
      setSeen(saved)
      await refreshSession()
      announce('User information saved')
    },
  })
  const isChanged =
    firstName !== profile.firstName || lastName !== profile.lastName || timeZone !== profile.timeZone
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    // The zone is shown as it is by now; the names are those the form began with.
    const isAsSeen = profile.firstName === seen.firstName && profile.lastName === seen.lastName
    save({ firstName, lastName, ...(timeZone !== null && { timeZone }) }, isAsSeen ? profile.etag : seen.etag)
  }
  const change = (set: (text: string) => void) => (text: string) => {
    set(text)
    if (isSaved) reset()
  }
  const showNewer = async () => {
    const newer = await queryClient.query({ ...settingsQueries.profile, staleTime: 0 })
    setSeen(newer)
    setFirstName(newer.firstName)
    setLastName(newer.lastName)
    setTimeZone(null)
    reset()
  }
  return (
    <form className={classes['form']} onSubmit={submit}>
      <FormErrors errors={error ? [errorOf(error)] : []} />
      {conflict && (
        <Conflict
          message={conflict.message}
          isBusy={isSaving}
          onKeepNewer={() => void showNewer()}
          onAnyway={conflict.saveAnyway}
        />
      )}
      <dl className={classes['fact']}>
        <dt>E-mail</dt>
        <dd>{profile.email}</dd>
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
      <Button type="submit" loading={isSaving}>
        Save
      </Button>
      {isSaved && !isChanged && <p className={classes['note']}>Saved.</p>}
    </form>
  )
}

const errorOf = (error: Error) => {
  const fieldId = hasCode(error, ...Object.keys(fieldOf)) ? fieldOf[error.code] : undefined
  return { message: messageOf(error), ...(fieldId !== undefined && { fieldId }) }
}
