import { Button, Title } from '@mantine/core'
import type { PackageView } from '@packline/contract/packaged-components.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { packageQueries } from './packages.queries.ts'
import { firstOf } from './package-words.ts'
import classes from './version-history.module.css'
import { VersionTable } from './version-table.tsx'

type VersionHistoryProps = {
  componentId: string
  /** Where the details of a version are shown. */
  detailsPath: (packageId: string) => string
}

/** Every version of one component, the newest first, with the way to compare two. */
export function VersionHistory({ componentId, detailsPath }: VersionHistoryProps) {
  const { data, error, refetch } = useQuery(packageQueries.versionsOf(componentId))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const navigate = useNavigate()
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={6} />
  }
  const { versions, total } = data
  const [newest] = versions
  if (!newest) return <EmptyState>This component has no packaged versions.</EmptyState>

  const first = firstOf(versions.length, total)
  const pair = pairOf(versions, chosen)
  return (
    <>
      <Title order={3} mb="sm">
        {newest.componentName}
      </Title>
      {first !== null && <p>{first} versions, deleted ones included.</p>}
      {versions.length > 1 && (
        <div className={classes['compare']}>
          {pair ? (
            <Button
              size="sm"
              onClick={() => void navigate(paths.comparePackages(pair.older.id, pair.newer.id))}
            >
              Compare {pair.older.version} with {pair.newer.version}
            </Button>
          ) : (
            <WhyNot>Select two versions to compare them; {chosen.size} selected.</WhyNot>
          )}
        </div>
      )}
      <VersionTable versions={versions} selected={chosen} onSelect={setChosen} detailsPath={detailsPath} />
    </>
  )
}

/** The two versions selected, the older first; nothing unless they are exactly two. */
function pairOf(versions: readonly PackageView[], chosen: ReadonlySet<string>) {
  const [newer, older, third] = versions.filter(({ id }) => chosen.has(id))
  return newer && older && !third ? { older, newer } : null
}
