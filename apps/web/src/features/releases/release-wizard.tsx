import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseDraft, ReleaseSummary } from '@packline/contract/releases.ts'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { hasCode } from '../../lib/api-problem.ts'
import { formatDay } from '../../lib/dates.ts'
import { useUrlState, writeUrlState } from '../../lib/use-url-state.ts'
import { paths } from '../../paths.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { Steps } from '../../ui/steps.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { ReleaseRefused } from './release-refused.tsx'
import type { DraftOrigin } from './release-wizard.queries.ts'
import classes from './release-wizard.module.css'
import { SelectVersionsStep } from './select-versions-step.tsx'
import { UnheardBanner } from './unheard-banner.tsx'
import { useConfirmRelease } from './use-confirm-release.ts'
import { useChosenVersions } from './use-chosen-versions.ts'
import { wizardFields } from './wizard-address.ts'

// The second step is on its way while the first is looked at.
const SelectScheduleStep = lazyPart(() =>
  import('./select-schedule-step.tsx').then((module) => module.SelectScheduleStep),
)

const ReleaseConflictDialog = lazy(() =>
  import('./release-conflict-dialog.tsx').then((module) => ({ default: module.ReleaseConflictDialog })),
)

const titles = {
  versions: 'Release Integration Pack: Select Versions',
  schedule: 'Select Release Schedule',
}

type ReleaseWizardProps = { origin: DraftOrigin; draft: ReleaseDraft; pack: PackView }

/** Both steps over one draft. What is confirmed is the draft as it was opened, and the server checks that it still stands. */
export function ReleaseWizard({ origin, draft, pack }: ReleaseWizardProps) {
  const { packId, rollBackTo, replaces } = origin
  const [seen] = useState(pack)
  const [url, setUrl, refusedFields] = useUrlState(wizardFields)
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const view = useChosenVersions(draft, url.versions)
  const confirmation = useConfirmRelease(packId, ({ id }) => {
    void navigate(paths.releaseWizard(packId, { step: 'done', release: id }), { replace: true })
  })
  const step = url.step === 'schedule' ? 'schedule' : 'versions'
  const isConflict = hasCode(confirmation.error, 'pack-changed')
  const addressOf = (wanted: 'versions' | 'schedule') =>
    `?${writeUrlState(wizardFields, search, { step: wanted }).toString()}`

  // A refusal belongs to what was sent; it goes as soon as something else is chosen.
  const { reset } = confirmation
  useEffect(() => reset(), [url.versions, url.option, url.date, reset])

  return (
    <>
      <nav aria-label="Back" className={classes['back']}>
        <TextLink to={paths.pack(packId)}>{draft.packName}</TextLink>
      </nav>
      <PageHeading
        title={titles[step]}
        documentTitle={`${titles[step]} · ${draft.packName}`}
        focusKey={step}
        lead={<DraftLead draft={draft} current={seen.current} />}
      />
      <Steps
        label="Release Integration Pack"
        current={step}
        steps={[
          { id: 'versions', label: 'Select Versions', to: addressOf('versions') },
          { id: 'schedule', label: 'Select Release Schedule' },
        ]}
      />
      <div className={classes['messages']}>
        <RefusedAddress names={[...refusedFields, ...view.refused]} />
        {confirmation.unheard && (
          <UnheardBanner
            isBusy={confirmation.isBusy}
            onTryAgain={() => confirmation.unheard && confirmation.confirm(confirmation.unheard)}
            onForget={() => {
              confirmation.forgetUnheard()
              reset()
            }}
          />
        )}
        {confirmation.error && !confirmation.unheard && !isConflict && (
          <ReleaseRefused error={confirmation.error} step={step} versionsPath={addressOf('versions')} />
        )}
      </div>
      {view.error ? (
        <ErrorState error={view.error} onRetry={view.retry} />
      ) : step === 'versions' ? (
        <SelectVersionsStep
          draft={draft}
          view={view}
          chosen={url.versions}
          isChangedOnly={url.changed}
          onChoose={(versions) => setUrl({ versions })}
          onChangedOnly={(changed) => setUrl({ changed })}
          onNext={() => setUrl({ step: 'schedule' }, { push: true })}
        />
      ) : (
        <SelectScheduleStep
          origin={origin}
          draft={draft}
          view={view}
          option={url.option}
          date={url.date}
          onOption={(option) => setUrl({ option })}
          onDate={(date) => setUrl({ date })}
          error={confirmation.error}
          isBusy={confirmation.isBusy}
          versionsPath={addressOf('versions')}
          onConfirm={(body) =>
            confirmation.confirm({ body, rollBackTo, replaces, packVersion: draft.packVersion })
          }
        />
      )}
      {isConflict && (
        <Suspense>
          <ReleaseConflictDialog
            origin={origin}
            seen={seen}
            onTaken={() => {
              reset()
              setUrl({ step: 'versions' })
            }}
          />
        </Suspense>
      )}
    </>
  )
}

type DraftLeadProps = { draft: ReleaseDraft; current: ReleaseSummary | null }

/** What kind of draft this is: a new release, another content for the scheduled one, or a way back. */
function DraftLead({ draft: { packName, rollsBackTo, replaces, scheduled }, current }: DraftLeadProps) {
  if (rollsBackTo) {
    return `Rolls “${packName}” back to release ${rollsBackTo.sequence}: its versions are selected. The release gets a new number.`
  }
  if (replaces && scheduled) {
    return `Changes the versions of release ${scheduled.sequence} of “${packName}”, scheduled for ${formatDay(scheduled.releaseOn ?? '')}. Whoever has applied it early stays on it until the date.`
  }
  return current
    ? `A new release of “${packName}”. Consumers run release ${current.sequence} now.`
    : `The first release of “${packName}”.`
}
