import type { AvailablePackDetails, InstallationView } from '@packline/contract/installations.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Loading } from '../../ui/loading.tsx'
import { AvailablePackFacts } from './available-pack-facts.tsx'
import { Installed } from './installed.tsx'
import { installationQueries } from './installations.queries.ts'
import { NameInstallation } from './name-installation.tsx'

type AvailablePackViewProps = {
  packId: string
  onBack: () => void
  onClose: () => void
  /** While the installation is under way the dialog stays open. */
  onBusy: (isBusy: boolean) => void
}

type Step = { kind: 'details' } | { kind: 'naming' } | { kind: 'installed'; installation: InstallationView }

/** One pack in detail, then its name where it may have one of its own, then the confirmation. */
export function AvailablePackView({ packId, onBack, onClose, onBusy }: AvailablePackViewProps) {
  const query = useQuery(installationQueries.available(packId))
  const [step, setStep] = useState<Step>({ kind: 'details' })
  const [environmentIds, setEnvironmentIds] = useState<ReadonlySet<string>>(new Set())
  const installing = useMutation({
    mutationFn: (name: string | null) => {
      const body = { packId, environmentIds: [...environmentIds], ...(name !== null && { name }) }
      return sendOnce({ act: 'install', body }, (idempotencyKey) => api.install(body, { idempotencyKey }))
    },
    onMutate: () => onBusy(true),
    onSuccess: async (installation) => {
      setStep({ kind: 'installed', installation })
      announce(`${installation.name} is installed`)
      await refreshManagedAccount()
    },
    onSettled: () => onBusy(false),
  })
  const install = (name: string | null) => {
    if (!installing.isPending) installing.mutate(name)
  }

  if (step.kind === 'installed') return <Installed installation={step.installation} onClose={onClose} />
  const pack = query.data
  if (!pack) {
    return (
      <>
        <LinkButton onClick={onBack}>Back to All</LinkButton>
        {query.error ? (
          <ErrorState
            title="The integration pack could not be shown"
            error={query.error}
            {...(!isRefusal(query.error) && { onRetry: () => void query.refetch() })}
          />
        ) : (
          <Loading lines={6} />
        )}
      </>
    )
  }
  if (step.kind === 'naming') {
    return (
      <NameInstallation
        pack={pack}
        environmentCount={environmentIds.size}
        isBusy={installing.isPending}
        error={installing.error}
        onBack={() => {
          installing.reset()
          setStep({ kind: 'details' })
        }}
        onComplete={install}
      />
    )
  }
  return (
    <AvailablePackFacts
      pack={pack}
      environmentIds={environmentIds}
      onEnvironments={setEnvironmentIds}
      isBusy={installing.isPending}
      error={installing.error}
      onBack={onBack}
      onInstall={() => (needsName(pack) ? setStep({ kind: 'naming' }) : install(null))}
    />
  )
}

/** Only a pack that can be installed several times asks what this installation is called. */
const needsName = ({ type }: AvailablePackDetails) => type === 'MULTI'
