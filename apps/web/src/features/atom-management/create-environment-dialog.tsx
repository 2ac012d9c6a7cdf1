import type { EnvironmentList } from '@packline/contract/environments.ts'
import { Radio } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { classificationLabels } from './atom-words.tsx'
import classes from './create-environment-dialog.module.css'
import { NameDialog } from './name-dialog.tsx'

type Classifications = EnvironmentList['classifications']
type Classification = Classifications[number]['classification']

type CreateEnvironmentDialogProps = {
  isOpen: boolean
  classifications: Classifications
  onClose: () => void
  onCreated: (environmentId: string) => void
}

/** A new environment. Its classification stays what it is. */
export function CreateEnvironmentDialog(props: CreateEnvironmentDialogProps) {
  const { isOpen, classifications, onClose, onCreated } = props
  const [classification, setClassification] = useState<Classification>('PRODUCTION')
  return (
    <NameDialog
      isOpen={isOpen}
      title="Create Environment"
      label="Name"
      initial=""
      submitLabel="Create Environment"
      doneText="The environment was created"
      send={(name) => {
        const body = { name, classification }
        return sendOnce({ act: 'create environment', body }, (idempotencyKey) =>
          api.createEnvironment(body, { idempotencyKey }),
        )
      }}
      onDone={({ id }) => {
        setClassification('PRODUCTION')
        onCreated(id)
      }}
      onClose={onClose}
    >
      <Radio.Group
        label="Classification"
        description="It cannot be changed later."
        mt="md"
        value={classification}
        onChange={(value) => setClassification(value === 'TEST' ? 'TEST' : 'PRODUCTION')}
      >
        <div className={classes['choices']}>
          {classifications.map((choice) => (
            <Radio
              key={choice.classification}
              value={choice.classification}
              label={classificationLabels[choice.classification]}
              disabled={!choice.isAllowed}
              {...(choice.message !== null && { description: choice.message })}
            />
          ))}
        </div>
      </Radio.Group>
    </NameDialog>
  )
}
