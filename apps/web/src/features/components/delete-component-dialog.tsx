import type { ComponentDetails } from '@packline/contract/components.ts'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { hasCode } from '../../lib/api-problem.ts'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { forgetRemoved, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { componentQueries, deleteComponent, refreshComponents } from './components.queries.ts'

type DeleteComponentDialogProps = { component: ComponentDetails; isOpen: boolean; onClose: () => void }

export function DeleteComponentDialog({ component, isOpen, onClose }: DeleteComponentDialogProps) {
  const { id, name, revisions, packageCount } = component
  const navigate = useNavigate()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => remove(componentQueries.one(id).queryKey, () => deleteComponent(id)),
    onSuccess: async () => {
      await navigate(paths.components())
      forgetRemoved(componentQueries.one(id).queryKey)
      showBanner({ text: `Component ${name} was deleted.` })
      void refreshComponents()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => mutate()}
      title={`Delete the component ${name}?`}
      confirmLabel="Delete Component"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>
        The component and its {plural(revisions.length, 'revision')} go from this page.{' '}
        {packageCount > 0 && `Its ${plural(packageCount, 'packaged version')} stay where they are. `}
        This cannot be undone.
      </p>
      <PacksInTheWay error={error} />
    </ConfirmDialog>
  )
}

/** the packs that the component has to leave first, as links. */
function PacksInTheWay({ error }: { error: unknown }) {
  const packs = hasCode(error, 'component-in-packs') ? packsOf(error.details['packs']) : []
  if (packs.length === 0) return null
  return (
    <>
      <p>It is still in:</p>
      <ul aria-label="Integration packs with this component">
        {packs.map(({ id, name }) => (
          <li key={id}>
            <TextLink to={paths.pack(id)}>{name}</TextLink>
          </li>
        ))}
      </ul>
    </>
  )
}

const packsOf = (value: unknown): { id: string; name: string }[] =>
  Array.isArray(value) ? value.filter(isNamed) : []

const isNamed = (value: unknown): value is { id: string; name: string } =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'name' in value &&
  typeof value.name === 'string'
