import type { CreateReleaseBody, ReleaseDraft } from '@packline/contract/releases.ts'
import { notesLimit } from '@packline/domain/text/notes.ts'
import { countCharacters } from '@packline/domain/text/clean-text.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isRefusal } from '../../lib/field-problems.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { Loading } from '../../ui/loading.tsx'
import { ConfirmImmediateDialog } from './confirm-immediate-dialog.tsx'
import { notesId, releaseDateId } from './field-ids.ts'
import { ReleaseNotesField } from './release-notes-field.tsx'
import { ReleaseOptions } from './release-options.tsx'
import { isAboutDate } from './release-refused.tsx'
import classes from './release-wizard.module.css'
import { releaseQueries } from './releases.queries.ts'
import type { DraftOrigin } from './release-wizard.queries.ts'
import type { ChosenVersionsView } from './use-chosen-versions.ts'
import { useKeptNotes } from './use-kept-notes.ts'
import type { ReleaseOptionInUrl } from './wizard-address.ts'
import { selectionsOf } from './wizard-rows.ts'

type SelectScheduleStepProps = {
  origin: DraftOrigin
  draft: ReleaseDraft
  view: ChosenVersionsView
  option: ReleaseOptionInUrl | null
  date: string | null
  onOption: (option: ReleaseOptionInUrl) => void
  onDate: (date: string | null) => void
  error: unknown
  isBusy: boolean
  versionsPath: string
  onConfirm: (body: CreateReleaseBody) => void
}

/** The button names the act. */
const confirmLabels: Record<ReleaseOptionInUrl, string> = {
  immediately: 'Release Integration Pack',
  'on-date': 'Schedule Integration Pack Release',
}

/** Step 2: when the release goes out, what that means, and the notes that consumers read. */
export function SelectScheduleStep(props: SelectScheduleStepProps) {
  const { origin, draft, view, date, onOption, onDate, error, isBusy, versionsPath, onConfirm } = props
  const mayBeDated = draft.scheduled === null || draft.replaces !== null
  const usual: ReleaseOptionInUrl = draft.replaces === null ? 'immediately' : 'on-date'
  const option = mayBeDated ? (props.option ?? usual) : 'immediately'
  const shownDate = date ?? (draft.replaces === null ? null : (draft.scheduled?.releaseOn ?? null))
  const preview = useQuery(releaseQueries.preview(draft.packId, option === 'on-date' ? shownDate : null))
  const [notes, setNotes] = useKeptNotes(origin, draft.notes)
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<{ fieldId: string; message: string } | null>(null)

  if (preview.error && !preview.data) {
    return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  }
  if (!preview.data) return <Loading lines={8} />
  const reach = preview.data
  const versions = selectionsOf(view.rows)

  const send = () => {
    setAsking(false)
    if (versions === null) return
    const timing =
      option === 'on-date' ? { kind: option, releaseOn: shownDate ?? '' } : { kind: 'immediately' as const }
    onConfirm({ versions, timing, notes })
  }
  const confirm = () => {
    if (countCharacters(notes) > notesLimit) {
      setProblem({ fieldId: notesId, message: 'Release notes have at most 5,000 characters. Shorten them.' })
    } else if (option === 'on-date' && shownDate === null) {
      setProblem({ fieldId: releaseDateId, message: 'Choose the date of the release.' })
    } else {
      setProblem(null)
      if (option === 'immediately' && reach.installations > 0) setAsking(true)
      else send()
    }
  }
  const isZoneMissing = option === 'on-date' && reach.timeZone === null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      {problem && <FormErrors errors={[problem]} />}
      <ReleaseOptions
        draft={draft}
        preview={reach}
        isChecking={preview.isPlaceholderData}
        mayBeDated={mayBeDated}
        option={option}
        date={shownDate}
        dateError={
          problem?.fieldId === releaseDateId
            ? problem.message
            : isRefusal(error) && isAboutDate(error.code)
              ? error.message
              : null
        }
        onOption={(next) => {
          setProblem(null)
          onOption(next)
        }}
        onDate={(next) => {
          setProblem(null)
          onDate(next)
        }}
      />
      <ReleaseNotesField notes={notes} onChange={setNotes} />
      <div className={classes['actions']}>
        {!isZoneMissing && (
          <Button type="submit" loading={isBusy} disabled={versions === null}>
            {confirmLabels[option]}
          </Button>
        )}
        <ButtonLink variant="default" to={versionsPath}>
          Back
        </ButtonLink>
      </div>
      <ConfirmImmediateDialog
        isOpen={isAsking}
        draft={draft}
        view={view}
        preview={reach}
        onClose={() => setAsking(false)}
        onConfirm={send}
      />
    </form>
  )
}
