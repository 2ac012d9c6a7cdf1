import { useEffect, useState } from 'react'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import type { WizardRow } from './wizard-rows.ts'

const PackageFacts = lazyPart(() => import('./package-facts.tsx').then((module) => module.PackageFacts))

type PackagePanelProps = { row: WizardRow | null; onClose: () => void }

/** View Details: the facts of the version chosen, and how it differs from the released one. The choices beside it stay. */
export function PackagePanel({ row, onClose }: PackagePanelProps) {
  // The panel keeps its content while it closes.
  const [shown, setShown] = useState(row)
  useEffect(() => {
    if (row) setShown(row)
  }, [row])
  const title = shown ? `${shown.componentName} ${shown.chosen?.version ?? ''}` : ''
  return (
    <SidePanel isOpen={row !== null} onClose={onClose} title={title}>
      {shown?.chosen && <PackageFacts row={shown} packageId={shown.chosen.packageId} />}
    </SidePanel>
  )
}
