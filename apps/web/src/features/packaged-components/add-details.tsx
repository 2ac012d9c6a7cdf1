import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useCallback, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './add-details.module.css'
import { choose, type CreatePackagesState } from './create-packages-state.ts'
import { DraftEntryFields } from './draft-entry-fields.tsx'
import { summaryOf } from './draft-errors.ts'
import {
  bodyOf,
  type DraftEntry,
  type DraftEvent,
  entryOf,
  errorsByComponent,
  type PackagingDraft,
} from './packaging-draft.ts'
import { createPackages, packageQueries, refreshPackages } from './packages.queries.ts'

type AddDetailsProps = {
  componentIds: readonly string[]
  onChange: (change: Partial<CreatePackagesState>) => void
  draft: PackagingDraft
  onDraft: (event: DraftEvent) => void
}

/** The second step: version, notes and sharing of each, then all are created, or none. */
export function AddDetails({ componentIds, onChange, draft, onDraft }: AddDetailsProps) {
  const navigate = useNavigate()
  const {
    data,
    error: loadError,
    refetch,
  } = useQuery({
    ...packageQueries.draft(componentIds),
    enabled: componentIds.length > 0,
  })
  const all = data?.components ?? []
  const components = all.filter(({ currentRevision }) => currentRevision > 0)
  const ids = components.map(({ componentId }) => componentId)
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: createPackages,
    onSuccess: async ({ packages }) => {
      announce(`${plural(packages.length, 'packaged component')} created`)
      const created = packages.map(({ id, componentName, version, shareable }) => ({
        id,
        componentName,
        version,
        shareable,
      }))
      await navigate(`${paths.createPackages()}?step=done`, { replace: true, state: { created } })
      onDraft({ kind: 'sent' })
      void refreshPackages()
    },
  })
  const changeEntry = useCallback(
    (componentId: string, change: Partial<DraftEntry>) =>
      onDraft({ kind: 'entry-changed', componentId, change }),
    [onDraft],
  )
  const leaveOut = useCallback(
    (left: string) => onChange(choose(componentIds.filter((id) => id !== left))),
    [componentIds, onChange],
  )
  const errors = useMemo(
    () =>
      errorsByComponent(
        isRefusal(error) ? error.fields : [],
        (variables?.items ?? []).map(({ componentId }) => componentId),
      ),
    [error, variables],
  )
  const toFirstStep = (
    <ButtonLink variant="default" to={paths.createPackages([...componentIds])}>
      Back
    </ButtonLink>
  )
  if (componentIds.length === 0) {
    return (
      <EmptyState action={toFirstStep}>No components are selected yet. Go back and select some.</EmptyState>
    )
  }
  if (!data) {
    return loadError ? (
      <ErrorState error={loadError} onRetry={() => void refetch()} action={toFirstStep} />
    ) : (
      <Loading lines={8} />
    )
  }
  const missing = componentIds.length - all.length
  const empty = all.filter(({ currentRevision }) => currentRevision === 0)
  const unshared = components.filter((one) => one.canBeShared && !entryOf(draft, one.componentId).shareable)
  const send = () => mutate(bodyOf(draft, ids))
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isPending && ids.length > 0) send()
  }
  return (
    <form onSubmit={submit} noValidate>
      <FormErrors errors={isRefusal(error) ? summaryOf(error, errors, components) : []} />
      <div className={classes['messages']}>
        {error !== null && !isRefusal(error) && (
          <ErrorState title="It is not known whether they were created" error={error} onRetry={send} />
        )}
        {missing > 0 && (
          <Banner tone="warning">
            {plural(missing, 'selected component')} cannot be found any more and{' '}
            {missing === 1 ? 'is' : 'are'} left out.
          </Banner>
        )}
        {empty.length > 0 && (
          <Banner tone="warning">
            Without content there is nothing to package, so these are left out:{' '}
            {empty.map(({ componentId, componentName }, index) => (
              <span key={componentId}>
                {index > 0 && ', '}
                <TextLink to={paths.component(componentId)}>{componentName}</TextLink>
              </span>
            ))}
            .
          </Banner>
        )}
      </div>
      {components.length > 1 && (
        <div className={classes['all']}>
          <Textarea
            label="Notes for all"
            description="For every component below that gets no notes of its own. Notes cannot be changed later."
            rows={2}
            value={draft.notesForAll}
            onChange={({ currentTarget: { value } }) =>
              onDraft({ kind: 'notes-for-all-changed', notes: value })
            }
          />
          {unshared.length > 0 && (
            <Button
              variant="default"
              onClick={() =>
                onDraft({
                  kind: 'sharing-allowed',
                  componentIds: unshared.map(({ componentId }) => componentId),
                })
              }
            >
              Share all that can be shared
            </Button>
          )}
        </div>
      )}
      <ol className={classes['list']}>
        {components.map((component) => (
          <DraftEntryFields
            key={component.componentId}
            component={component}
            entry={entryOf(draft, component.componentId)}
            errors={errors.get(component.componentId)}
            hasNotesForAll={draft.notesForAll.trim() !== ''}
            onChange={changeEntry}
            onLeaveOut={components.length > 1 ? leaveOut : undefined}
          />
        ))}
      </ol>
      <p className={classes['rule']}>
        A packaged component never changes: version, notes and sharing are chosen now, once.
      </p>
      <DialogActions>
        {ids.length > 0 && (
          <Button type="submit" loading={isPending}>
            Create Packaged Component
          </Button>
        )}
        {toFirstStep}
      </DialogActions>
    </form>
  )
}
