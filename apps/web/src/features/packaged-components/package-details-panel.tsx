import { Tabs, Title } from '@mantine/core'
import type { PackageDetails } from '@packline/contract/packaged-components.ts'
import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../lib/dates.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { DeploymentTable } from './deployment-table.tsx'
import { PackageFacts } from './package-facts.tsx'
import { detailTabs, type PackageListState } from './package-list-state.ts'
import { PackagePacks } from './package-packs.tsx'
import { nameOf } from './package-words.ts'
import { packageQueries } from './packages.queries.ts'

type Tab = PackageListState['tab']

type PackageDetailsPanelProps = {
  packageId: string
  tab: Tab
  onTab: (tab: Tab) => void
  onHistory: (componentId: string) => void
}

export function PackageDetailsPanel({ packageId, tab, onTab, onHistory }: PackageDetailsPanelProps) {
  const { data: one, error, refetch } = useQuery(packageQueries.one(packageId))
  if (!one) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={8} />
  }
  return (
    <>
      <Title order={3} mb="sm">
        {nameOf(one)}
      </Title>
      <Tabs value={tab} onChange={(value) => onTab(detailTabs.find((known) => known === value) ?? 'details')}>
        <Tabs.List mb="md">
          {detailTabs.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {tabLabel(value, one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="details">
          <PackageFacts one={one} onHistory={() => onHistory(one.componentId)} />
        </Tabs.Panel>
        <Tabs.Panel value="deployments">
          <DeploymentTable one={one} />
        </Tabs.Panel>
        <Tabs.Panel value="integration-packs">
          <PackagePacks packs={one.integrationPacks} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function tabLabel(tab: Tab, { deploymentTotal, integrationPacks }: PackageDetails): string {
  switch (tab) {
    case 'details':
      return 'Details'
    case 'deployments':
      return `Deployments (${formatCount(deploymentTotal)})`
    case 'integration-packs':
      return `Integration Packs (${formatCount(integrationPacks.length)})`
  }
}
