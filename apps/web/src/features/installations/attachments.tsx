import type { AttachmentView, EnvironmentChoice, InstallationView } from '@packline/contract/installations.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { plural } from '../../lib/dates.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { useChanges } from '../../live-changes.ts'
import { attachmentStateTable } from '../../packs/attachment-state.tsx'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { PickList } from '../../ui/pick-list.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './attachments.module.css'
import { PendingUpdates } from './pending-updates.tsx'

const DetachDialog = lazyDialog(() => import('./detach-dialog.tsx').then((module) => module.DetachDialog))

const none: ReadonlySet<string> = new Set()

/** Where the installation is attached and where it could be; attaching takes effect at once. */
export function Attachments({ installation }: { installation: InstallationView }) {
  const { attached, unattached, unattachedAtoms } = installation
  const noun = unattachedAtoms === null ? 'environments' : 'environments and Atoms'
  const title = unattachedAtoms === null ? 'Environments' : 'Environments and Atoms'
  const [toAttach, setToAttach] = useState(none)
  const [toDetach, setToDetach] = useState(none)
  const [isAsking, setAsking] = useState(false)
  const attach = usePermission('attach-pack')
  const attaching = useMutation({
    mutationFn: (where: { environmentIds: string[]; atomIds: string[] }) =>
      sendOnce({ act: 'attach', installationId: installation.id, ...where }, (idempotencyKey) =>
        api.attach({ installationId: installation.id, idempotencyKey }, where),
      ),
    onSuccess: async (_result, { environmentIds, atomIds }) => {
      setToAttach(none)
      await refreshManagedAccount()
      const told = [
        environmentIds.length > 0 && plural(environmentIds.length, 'environment'),
        atomIds.length > 0 && plural(atomIds.length, 'Atom'),
      ]
      announce(`Attached to ${told.filter(Boolean).join(' and ')}`)
    },
  })
  useChanges([installation.packId], () => void refreshManagedAccount())
  // What another person attached or detached meanwhile is no longer on its side.
  const chosenToAttach = unattached.filter(({ environmentId }) => toAttach.has(environmentId))
  const atomsToAttach = (unattachedAtoms ?? []).filter(({ atomId }) => toAttach.has(atomId))
  const chosenToDetach = attached.filter(({ environmentId }) => toDetach.has(environmentId))

  return (
    <section aria-labelledby="environments" className={classes['root']}>
      <h3 id="environments" className={classes['heading']}>
        {title}
      </h3>
      <p className={classes['lead']}>
        Where it is attached, its processes can run. Attaching starts with the current release.
      </p>
      <PendingUpdates installation={installation} />
      {attach.kind === 'refused' && <WhyNot>{attach.sentence}</WhyNot>}
      {attaching.error && <ErrorState title="Nothing was attached" error={attaching.error} />}
      <div className={classes['lists']}>
        <PickList
          label={`Attached ${title}`}
          noun={noun}
          options={attached.map(attachedOption)}
          chosen={idsOf(chosenToDetach)}
          onChange={setToDetach}
          empty={`Attached nowhere yet. Select ${noun} under Unattached ${title}.`}
        />
        {attach.kind === 'allowed' && (
          <div className={classes['buttons']} data-no-print>
            <ReasonedButton
              variant="default"
              fullWidth
              isBusy={attaching.isPending}
              whyNot={
                whyNotAttach(installation, chosenToAttach) ??
                (chosenToAttach.length + atomsToAttach.length > 0
                  ? null
                  : `Select ${noun} under Unattached ${title} to attach.`)
              }
              onClick={() =>
                attaching.mutate({
                  environmentIds: chosenToAttach.map(({ environmentId }) => environmentId),
                  atomIds: atomsToAttach.map(({ atomId }) => atomId),
                })
              }
            >
              {'<< Attach Selected'}
            </ReasonedButton>
            <ReasonedButton
              variant="default"
              fullWidth
              whyNot={
                chosenToDetach.length > 0
                  ? whyClosedOf(chosenToDetach)
                  : `Select ${noun} under Attached ${title} to unattach.`
              }
              onClick={() => setAsking(true)}
            >
              {'Unattach Selected >>'}
            </ReasonedButton>
          </div>
        )}
        <PickList
          label={`Unattached ${title}`}
          noun={noun}
          options={[...unattached.map(unattachedOption), ...(unattachedAtoms ?? []).map(atomOption)]}
          chosen={new Set([...idsOf(chosenToAttach), ...atomsToAttach.map(({ atomId }) => atomId)])}
          onChange={setToAttach}
          empty={
            attached.length > 0
              ? unattachedAtoms === null
                ? 'It is attached to every environment of this account.'
                : 'It is attached to every environment and Atom of this account.'
              : 'This account has no environment yet. Create one in Atom Management.'
          }
        />
      </div>
      <DetachDialog
        isOpen={isAsking}
        installation={installation}
        environments={chosenToDetach}
        onClose={() => setAsking(false)}
        onDetached={() => {
          setAsking(false)
          setToDetach(none)
        }}
      />
    </section>
  )
}

const idsOf = (environments: readonly EnvironmentChoice[]) =>
  new Set(environments.map(({ environmentId }) => environmentId))

const whyClosedOf = (chosen: readonly EnvironmentChoice[]) =>
  chosen.find(({ whyClosed }) => whyClosed !== null)?.whyClosed ?? null

function whyNotAttach({ isShared }: InstallationView, chosen: readonly EnvironmentChoice[]): string | null {
  if (!isShared)
    return 'It is no longer shared with this account, so it cannot be attached to more environments.'
  return whyClosedOf(chosen)
}

const attachedOption = (attachment: AttachmentView) => ({
  id: attachment.environmentId,
  name: attachment.environmentName,
  detail: `Version ${attachment.versionNumber} · ${attachmentStateTable[attachment.state].label} · ${attachment.isAtom ? 'Atom' : placeText(attachment)}`,
})

const atomOption = ({ atomId, atomName }: { atomId: string; atomName: string }) => ({
  id: atomId,
  name: atomName,
  detail: 'Atom',
})

const unattachedOption = (environment: EnvironmentChoice) => ({
  id: environment.environmentId,
  name: environment.environmentName,
  detail: placeText(environment),
})

/** "Production · 2 Atoms"; without an Atom nothing runs there. The number stays with its noun. */
export const placeText = ({ classification, atomCount, whyClosed }: EnvironmentChoice) =>
  `${whyClosed === null ? '' : 'Kept to other roles · '}${classification === 'PRODUCTION' ? 'Production' : 'Test'} · ${(atomCount === 0 ? 'no Atom' : plural(atomCount, 'Atom')).replace(' ', '\u00A0')}`
