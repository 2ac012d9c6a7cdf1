import type { AtomView } from '@packline/contract/atoms.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import type { WithETag } from '../../request.ts'
import { announce } from '../../ui/live-region.tsx'
import { EnvironmentField } from './environment-field.tsx'
import classes from './move-atom.module.css'

type Target = { id: string | null; name: string | null }

/** Puts an Atom into an environment, moves it to another one or takes it out. It is in one at most. */
export function MoveAtom({ atom }: { atom: WithETag<AtomView> }) {
  const { id: atomId, name, type, environmentId, environmentName } = atom
  const kind = atomTypeTable[type].label
  const [target, setTarget] = useState<Target | null>(null)
  /** What the question is about, as it was when it was asked. */
  const [asked, setAsked] = useState<WithETag<AtomView> | null>(null)
  const moving = useMutation({
    mutationFn: ({ to, ifMatch }: { to: string | null; ifMatch: string | undefined }) =>
      sendOnce({ act: 'move atom', atomId, ifMatch, to }, (idempotencyKey) =>
        api.editAtom({ atomId, idempotencyKey, ifMatch }, { environmentId: to }),
      ),
    onSuccess: async (moved) => {
      await refreshManagedAccount()
      announce(
        moved.environmentName === null
          ? `${name} is in no environment now`
          : `${name} is in ${moved.environmentName} now`,
      )
      setAsked(null)
      setTarget(null)
    },
  })
  const chosen = target ?? { id: environmentId, name: environmentName }
  const isOther = chosen.id !== environmentId
  return (
    <div className={classes['root']}>
      <EnvironmentField
        label="Attach to environment"
        value={chosen.id}
        valueLabel={chosen.name ?? ''}
        onChange={(id, found) => setTarget({ id, name: found })}
      />
      {isOther && (
        <>
          <Button variant="default" onClick={() => setAsked(atom)}>
            {chosen.id === null ? 'Take out' : environmentId === null ? 'Attach' : 'Move'}
          </Button>
          <Button variant="subtle" onClick={() => setTarget(null)}>
            Leave it
          </Button>
        </>
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => {
          moving.reset()
          setAsked(null)
        }}
        onConfirm={() => {
          if (!moving.isPending) moving.mutate({ to: chosen.id, ifMatch: asked?.etag ?? undefined })
        }}
        title={
          chosen.id === null
            ? `Take “${name}” out of ${environmentName}?`
            : `Put “${name}” into ${chosen.name}?`
        }
        confirmLabel="OK"
        isBusy={moving.isPending}
        error={moving.error}
      >
        <p>
          {environmentName !== null &&
            `The ${kind} leaves ${environmentName} and drops the integration packs that run there. `}
          {chosen.id !== null && `It fetches the integration packs attached to ${chosen.name} and runs them.`}
        </p>
      </ConfirmDialog>
    </div>
  )
}
