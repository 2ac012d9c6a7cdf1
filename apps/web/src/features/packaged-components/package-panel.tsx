import { useCallback } from 'react'
import { useLocation } from 'react-router'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import type { PackageListState } from './package-list-state.ts'

const PackageDetailsPanel = lazyPart(() =>
  import('./package-details-panel.tsx').then((module) => module.PackageDetailsPanel),
)
const VersionHistory = lazyPart(() => import('./version-history.tsx').then((module) => module.VersionHistory))

type PackagePanelProps = {
  state: PackageListState
  onChange: (change: Partial<PackageListState>, options?: { push?: boolean }) => void
}

/** What stands beside the table: the details of one package, or all versions of its component. */
export function PackagePanel({ state, onChange }: PackagePanelProps) {
  const { details, tab, history, page } = state
  const { search } = useLocation()
  const detailsPath = useCallback(
    (packageId: string) => {
      const next = new URLSearchParams(search)
      next.set('details', packageId)
      return `?${next.toString()}`
    },
    [search],
  )
  const kind = details !== null ? 'details' : history !== null ? 'history' : null
  return (
    <SidePanel
      isOpen={kind !== null}
      onClose={() => onChange({ details: null, history: null, tab: 'details', page })}
      title={kind === 'history' ? 'Version history' : 'Packaged Component details'}
      size="xl"
    >
      {details !== null && (
        <PackageDetailsPanel
          key={details}
          packageId={details}
          tab={tab}
          onTab={(next) => onChange({ tab: next, page })}
          onHistory={(componentId) =>
            onChange({ details: null, tab: 'details', history: componentId, page }, { push: true })
          }
        />
      )}
      {details === null && history !== null && (
        <VersionHistory key={history} componentId={history} detailsPath={detailsPath} />
      )}
    </SidePanel>
  )
}
