import type { AtomView } from '@packline/contract/atoms.ts'
import type { EnvironmentView } from '@packline/contract/environments.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { paths, requireParam } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { AtomStatusBadge, classificationLabels } from './atom-words.tsx'
import { environmentQueries } from './atoms.queries.ts'
import { EnvironmentDeployments } from './environment-deployments.tsx'
import classes from './properties.module.css'

/** Environment Properties: what it is, its Atoms, what is attached and what is deployed to it. */
export function Component() {
  const environmentId = requireParam(useParams(), 'environmentId')
  const zone = useReaderZone()
  const mayDeploy = usePermission('view-installations').kind === 'allowed'
  const edit = usePermission('edit-environment')
  const remove = usePermission('delete-environment')
  const { data: environment } = useQuery(environmentQueries.one(environmentId))
  if (!environment) return null
  const { id, name, classification, atoms, attachments } = environment
  return (
    <>
      <FactList
        facts={[
          ['Name', name],
          [
            'Environment ID',
            <span key="id" className={classes['id']}>
              <code>{id}</code> <CopyButton value={id} what="Environment ID" />
            </span>,
          ],
          ['Classification', classificationLabels[classification]],
          [
            'Roles with Access',
            environment.roles.length === 0
              ? 'Every role with the privileges'
              : environment.roles.map((role) => role.name).join(', '),
          ],
          [
            'Created',
            <span key="created">
              <Moment at={environment.createdAt} zone={zone} />
              {environment.createdByName !== '' && ` by ${environment.createdByName}`}
            </span>,
          ],
        ]}
      />
      <div className={classes['reasons']}>
        {edit.kind === 'refused' && <WhyNot>{edit.sentence}</WhyNot>}
        {environment.whyClosed !== null && <WhyNot>{environment.whyClosed}</WhyNot>}
        {remove.kind === 'allowed' && environment.whyNotDeletable !== null && (
          <WhyNot>{environment.whyNotDeletable}</WhyNot>
        )}
      </div>
      <section aria-labelledby="atoms" className={classes['section']}>
        <h3 id="atoms">Atoms</h3>
        <DataTable
          label={`Atoms in ${name}`}
          columns={atomColumns}
          rows={atoms}
          rowId={(atom) => atom.id}
          sort={{ by: 'name', direction: 'asc' }}
          minWidth={480}
          empty={
            <EmptyState>
              No Atom yet. Without one nothing runs here, and pending updates cannot be applied by hand.
            </EmptyState>
          }
        />
      </section>
      <section aria-labelledby="attachments" className={classes['section']}>
        <h3 id="attachments">Attachments</h3>
        <DataTable
          label={`Integration packs attached to ${name}`}
          columns={mayDeploy ? linkedAttachmentColumns : attachmentColumns}
          rows={attachments}
          rowId={({ attachmentId }) => attachmentId}
          sort={{ by: 'name', direction: 'asc' }}
          minWidth={480}
          empty={<EmptyState>No integration pack is attached to this environment.</EmptyState>}
        />
      </section>
      <section aria-labelledby="deployments" className={classes['section']}>
        <h3 id="deployments">Deployed Packages</h3>
        <EnvironmentDeployments environment={environment} />
      </section>
    </>
  )
}

const atomColumns: TableColumn<AtomView>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ id, name }) => <TextLink to={paths.atom(id)}>{name}</TextLink>,
    sortValue: ({ name }) => name,
    isRowHeader: true,
  },
  {
    id: 'type',
    header: 'Type',
    cell: ({ type }) => atomTypeTable[type].label,
    sortValue: ({ type }) => atomTypeTable[type].label,
    isUnbroken: true,
  },
  { id: 'status', header: 'Status', cell: (atom) => <AtomStatusBadge atom={atom} />, isUnbroken: true },
]

type Attachment = EnvironmentView['attachments'][number]

const attachmentColumns: TableColumn<Attachment>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ installationName }) => installationName,
    sortValue: ({ installationName }) => installationName,
    isRowHeader: true,
  },
  {
    id: 'pack',
    header: 'Integration Pack',
    cell: ({ packName }) => packName,
    sortValue: ({ packName }) => packName,
  },
  {
    id: 'version',
    header: 'Version',
    cell: ({ versionNumber }) => versionNumber,
    sortValue: ({ versionNumber }) => versionNumber,
    isUnbroken: true,
  },
]

const linkedAttachmentColumns = attachmentColumns.map((column) =>
  column.id === 'name'
    ? {
        ...column,
        cell: ({ installationId, installationName }: Attachment) => (
          <TextLink to={paths.installation(installationId)}>{installationName}</TextLink>
        ),
      }
    : column,
)
