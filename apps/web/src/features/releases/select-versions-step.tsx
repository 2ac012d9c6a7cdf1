import type { ReleaseDraft } from '@packline/contract/releases.ts'
import { Button, Checkbox } from '@mantine/core'
import { useId, useState } from 'react'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { PackagePanel } from './package-panel.tsx'
import classes from './release-wizard.module.css'
import type { ChosenVersionsView } from './use-chosen-versions.ts'
import { VersionTable } from './version-table.tsx'
import type { ChosenVersions } from './wizard-address.ts'
import { changesAnything, chooseVersion, selectionsOf, type WizardRow } from './wizard-rows.ts'

const SelectVersionDialog = lazyDialog(() =>
  import('./select-version-dialog.tsx').then((module) => module.SelectVersionDialog),
)

type SelectVersionsStepProps = {
  draft: ReleaseDraft
  view: ChosenVersionsView
  chosen: ChosenVersions
  isChangedOnly: boolean
  onChoose: (versions: ChosenVersions) => void
  onChangedOnly: (isChangedOnly: boolean) => void
  onNext: () => void
}

/** Step 1: which version of each component is released. */
export function SelectVersionsStep(props: SelectVersionsStepProps) {
  const { draft, view, chosen, isChangedOnly, onChoose, onChangedOnly, onNext } = props
  const [changing, setChanging] = useState<WizardRow | null>(null)
  const [looking, setLooking] = useState<WizardRow | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  function next() {
    if (selectionsOf(view.rows) === null) return
    const spoiled = view.rows.find(({ problem: why, isOwnChoice }) => why !== null && !isOwnChoice)
    if (spoiled) {
      setProblem(
        `Version ${spoiled.selected.version} of ${spoiled.componentName} can no longer be released. Select another version of it.`,
      )
    } else if (view.rows.length === 0)
      setProblem('A release needs at least one package. Undelete one, or add one to the pack.')
    else if (!changesAnything(view)) {
      setProblem(
        'These are exactly the versions of the current release. Select another version of at least one component.',
      )
    } else onNext()
  }
  return (
    <>
      {problem !== null && <FormErrors errors={[{ message: problem }]} />}
      <div className={classes['bar']}>
        <p role="status">{summaryOf(view)}</p>
        <Checkbox
          label="Changed only"
          checked={isChangedOnly}
          onChange={(event) => onChangedOnly(event.currentTarget.checked)}
        />
      </div>
      <VersionTable
        rows={isChangedOnly ? view.rows.filter(({ kind }) => kind !== 'unchanged') : view.rows}
        isFiltered={isChangedOnly}
        onSelectOther={setChanging}
        onViewDetails={setLooking}
        onShowAll={() => onChangedOnly(false)}
      />
      <RemovedRows
        rows={draft.removed}
        title={`${plural(draft.removed.length, 'component')} will be removed from consumers`}
      />
      <RemovedRows
        rows={draft.dropped}
        title={`${plural(draft.dropped.length, 'component')} never released will leave the pack`}
      />
      <div className={classes['actions']}>
        <Button onClick={next}>Next</Button>
        <ButtonLink variant="default" to={paths.pack(draft.packId)}>
          Cancel
        </ButtonLink>
      </div>
      <SelectVersionDialog
        isOpen={changing !== null}
        packId={draft.packId}
        row={changing}
        onClose={() => setChanging(null)}
        onSelect={(row, packageId) => {
          setProblem(null)
          onChoose(chooseVersion(chosen, row, packageId))
          setChanging(null)
        }}
      />
      <PackagePanel row={looking} onClose={() => setLooking(null)} />
    </>
  )
}

function summaryOf({ rows, counts }: ChosenVersionsView): string {
  const parts = [
    counts.updated > 0 && plural(counts.updated, 'update'),
    counts['rolled-back'] > 0 && plural(counts['rolled-back'], 'rollback'),
    counts.added > 0 && `${counts.added} new`,
    counts.removed > 0 && `${counts.removed} removed`,
    counts.unchanged > 0 && `${counts.unchanged} unchanged`,
  ].filter(Boolean)
  return `${plural(rows.length, 'component')}: ${parts.join(', ')}`
}

/** What consumers or the pack will no longer have, apart from the table and counted. */
function RemovedRows({ rows, title }: { rows: ReleaseDraft['removed']; title: string }) {
  const titleId = useId()
  if (rows.length === 0) return null
  return (
    <section className={classes['removed']} aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <ul>
        {rows.map(({ componentId, componentName, version }) => (
          <li key={componentId}>
            {componentName} {version}
          </li>
        ))}
      </ul>
    </section>
  )
}
