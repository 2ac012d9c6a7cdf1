import type { AvailablePackDetails } from '@packline/contract/installations.ts'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { plural } from '../../lib/dates.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

const fieldIds = { name: 'installation-name-field' }

type NameInstallationProps = {
  pack: AvailablePackDetails
  environmentCount: number
  isBusy: boolean
  error: unknown
  onBack: () => void
  onComplete: (name: string) => void
}

/** What one of several installations of a pack is called; its processes carry the name. */
export function NameInstallation(props: NameInstallationProps) {
  const { pack, environmentCount, isBusy, error, onBack, onComplete } = props
  const [name, setName] = useState(pack.proposedName)
  const refused = isRefusal(error) ? fieldProblems(error, fieldIds) : null
  return (
    <>
      <LinkButton onClick={onBack}>Back</LinkButton>
      <DialogStep title={pack.name}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            onComplete(name)
          }}
        >
          {refused && <FormErrors errors={refused.summary} />}
          {error !== null && error !== undefined && !refused && (
            <ErrorState title="Nothing was installed" error={error} />
          )}
          <TextInput
            id={fieldIds.name}
            label="Choose new process name (optional)"
            description={`Its processes are called “${name.trim() || pack.name} - …”. Left empty, the pack’s name is used.`}
            autoComplete="off"
            value={name}
            error={refused?.byField['name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {environmentCount > 0 && (
            <p>It is attached to {plural(environmentCount, 'environment')} in the same step.</p>
          )}
          <DialogActions>
            <Button type="submit" loading={isBusy}>
              Complete Installation
            </Button>
          </DialogActions>
        </form>
      </DialogStep>
    </>
  )
}
