import type { InstallationView } from '@packline/contract/installations.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { useMemo } from 'react'
import { releaseDay } from '../../packs/consumer-release-words.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { ShortHash } from '../../ui/short-hash.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './installation-contents.module.css'

/** What the current release brings: its notes, and each process with its version and its name in this account. */
export function InstallationContents({ installation }: { installation: InstallationView }) {
  const { current, pending, isShared, packType } = installation
  const zone = useReaderZone()
  const rows = useMemo(() => rowsOf(installation), [installation])
  const hasPending = pending !== null && isShared
  const columns = useMemo(
    () => columnsFor({ hasPending, isMulti: packType === 'MULTI' }),
    [hasPending, packType],
  )
  return (
    <>
      <section aria-labelledby="inside" className={classes['section']}>
        <h3 id="inside" className={classes['heading']}>
          What is inside
        </h3>
        <DataTable
          label="Components of this integration pack"
          columns={columns}
          rows={rows}
          rowId={({ componentId }) => componentId}
          sort={{ by: 'name', direction: 'asc' }}
          minWidth={560}
          empty={<EmptyState>The release holds no components.</EmptyState>}
        />
      </section>
      <section aria-labelledby="notes" className={classes['section']}>
        <h3 id="notes" className={classes['heading']}>
          Release notes
        </h3>
        <p className={classes['quiet']}>Release of {releaseDay(current, zone)}</p>
        {current.notes === '' ? <p>The publisher wrote none.</p> : <Markdown>{current.notes}</Markdown>}
        {hasPending && pending.notes !== '' && (
          <>
            <h4 className={classes['pending']}>Pending release of {releaseDay(pending, zone)}</h4>
            <Markdown>{pending.notes}</Markdown>
          </>
        )}
      </section>
    </>
  )
}

type ContentRow = {
  componentId: string
  name: string
  type: string
  version: string | null
  pendingVersion: string | null
  processId: string | null
}

/** The components of the current release, and those that the pending one would bring. */
function rowsOf({ current, pending, processes }: InstallationView): ContentRow[] {
  const known = new Map(processes.map((process) => [process.componentId, process]))
  const now = new Map(current.components.map((component) => [component.componentId, component]))
  const next = new Map(pending?.components.map((component) => [component.componentId, component]))
  return [...new Map([...next, ...now]).values()].map(({ componentId, componentName, componentType }) => ({
    componentId,
    name: known.get(componentId)?.name ?? componentName,
    type: componentTypeTable[componentType].label,
    version: now.get(componentId)?.version ?? null,
    pendingVersion: next.get(componentId)?.version ?? null,
    processId: known.get(componentId)?.wrapperProcessId ?? null,
  }))
}

function columnsFor({ hasPending, isMulti }: { hasPending: boolean; isMulti: boolean }) {
  const columns: TableColumn<ContentRow>[] = [
    {
      id: 'name',
      header: 'Component Name',
      cell: ({ name }) => name,
      sortValue: ({ name }) => name,
      isRowHeader: true,
    },
    {
      id: 'type',
      header: 'Component Type',
      cell: ({ type }) => type,
      sortValue: ({ type }) => type,
      isUnbroken: true,
    },
    {
      id: 'version',
      header: 'Version',
      hint: 'The publisher’s version of the component in the current release.',
      cell: ({ version }) => version ?? '––',
    },
  ]
  if (hasPending) {
    columns.push({
      id: 'pending',
      header: 'Pending Version',
      hint: 'The version that the pending release brings, where it differs.',
      cell: ({ version, pendingVersion }) =>
        pendingVersion === null ? 'leaves' : pendingVersion === version ? '' : pendingVersion,
    })
  }
  if (isMulti) {
    columns.push({
      id: 'process',
      header: 'Process ID',
      hint: 'Every installation of a pack of type Multiple Attachments has processes of its own.',
      cell: ({ processId, name }) =>
        processId === null ? '––' : <ShortHash value={processId} what={`Process ID of ${name}`} />,
      isUnbroken: true,
    })
  }
  return columns
}
