import type { PackageView } from '@packline/contract/packaged-components.ts'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './packages-created.module.css'
import { nameOf, sharingWord } from './package-words.ts'

type Created = Pick<PackageView, 'id' | 'componentName' | 'version' | 'shareable'>

/** The last step: what there is now, and where to go on. */
export function PackagesCreated({ created }: { created: readonly Created[] }) {
  const mayUsePacks = usePermission('view-packs').kind === 'allowed'
  const close = <ButtonLink to={paths.packagedComponents()}>Close</ButtonLink>
  if (created.length === 0) {
    return <EmptyState action={close}>What was created is in the table of packaged components.</EmptyState>
  }
  const shareable = created.filter((one) => one.shareable === true).length
  return (
    <>
      <div className={classes['done']}>
        <Banner tone="good">{plural(created.length, 'packaged component')} created.</Banner>
      </div>
      <DataTable
        label="Created packaged components"
        columns={columns}
        rows={created}
        rowId={({ id }) => id}
        minWidth={520}
        empty={null}
      />
      {shareable > 0 && mayUsePacks && (
        <p>
          {shareable === 1 ? 'One of them' : `${shareable} of them`} can go into integration packs.{' '}
          <TextLink to={paths.packs()}>Add to an integration pack</TextLink>
        </p>
      )}
      <DialogActions>{close}</DialogActions>
    </>
  )
}

const columns: TableColumn<Created>[] = [
  {
    id: 'componentName',
    header: 'Component Name',
    isRowHeader: true,
    cell: ({ componentName }) => componentName,
  },
  { id: 'version', header: 'Version', isUnbroken: true, cell: ({ version }) => version },
  { id: 'sharing', header: 'Sharing', isUnbroken: true, cell: ({ shareable }) => sharingWord(shareable) },
  {
    id: 'view',
    header: 'Details',
    isHeaderHidden: true,
    cell: (one) => (
      <TextLink
        to={paths.packagedComponents({ details: one.id })}
        aria-label={`View details of ${nameOf(one)}`}
      >
        View details
      </TextLink>
    ),
  },
]

/** What the step before handed on; it stays with the entry of the browser's history, also over a reload. */
export function readCreated(state: unknown): Created[] {
  if (typeof state !== 'object' || state === null || !('created' in state)) return []
  return Array.isArray(state.created) ? state.created.filter(isCreated) : []
}

const isCreated = (value: unknown): value is Created =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'componentName', 'version', 'shareable'].every((key) => key in value)
