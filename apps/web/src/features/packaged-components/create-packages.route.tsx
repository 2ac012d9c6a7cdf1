import { type LoaderFunctionArgs, useLocation } from 'react-router'
import { useEffect, useReducer } from 'react'
import { readDraft, writeDraft } from '../../lib/session-draft.ts'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { paths } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission, useSession } from '../../session.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { Steps } from '../../ui/steps.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { ChooseComponents } from './choose-components.tsx'
import { choiceQueryOf, createPackagesFields } from './create-packages-state.ts'
import { AddDetails } from './add-details.tsx'
import { emptyDraft, nextDraft, readPackagingDraft } from './packaging-draft.ts'
import { PackagesCreated, readCreated } from './packages-created.tsx'
import { packageQueries } from './packages.queries.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('create-package'))) return null
  const { state } = readUrlState(createPackagesFields, new URL(request.url).searchParams)
  if (state.step === 'components') prefetch(packageQueries.components(choiceQueryOf(state)))
  if (state.step === 'details' && state.components.length > 0)
    prefetch(packageQueries.draft(state.components))
  return null
}

const titles = {
  components: 'Create Packaged Component: Select Components',
  details: 'Create Packaged Component: Add Details',
  done: 'Packaged components created',
}

const leads = {
  components: 'Packaging takes the current revision of each component.',
  details: 'A version that is left empty becomes the number shown in its field.',
  done: undefined,
}

export function Component() {
  const permission = usePermission('create-package')
  if (permission.kind === 'allowed') return <CreatePackages />
  return (
    <>
      <PageHeading title="Create Packaged Component" />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function CreatePackages() {
  const [state, setState, refused] = useUrlState(createPackagesFields)
  const { step, components } = state
  const draftName = `packaging ${useSession().account.id}`
  const [draft, change] = useReducer(nextDraft, draftName, (name) => readPackagingDraft(readDraft(name)))
  useEffect(() => writeDraft(draftName, draft === emptyDraft ? null : draft), [draftName, draft])
  const created = readCreated(useLocation().state)

  return (
    <>
      <PageHeading title={titles[step]} focusKey={step} lead={leads[step]} />
      {step !== 'done' && (
        <Steps
          label="Create Packaged Component"
          current={step}
          steps={[
            { id: 'components', label: 'Select Components', to: paths.createPackages([...components]) },
            { id: 'details', label: 'Add Details' },
          ]}
        />
      )}
      <RefusedAddress names={refused} />
      {step === 'components' && <ChooseComponents state={state} onChange={setState} />}
      {step === 'details' && (
        <AddDetails componentIds={components} onChange={setState} draft={draft} onDraft={change} />
      )}
      {step === 'done' && <PackagesCreated created={created} />}
    </>
  )
}
