import type { PackageDetails, PackageView } from '@packline/contract/packaged-components.ts'
import { formatCount, plural } from '../../lib/dates.ts'
import type { StatusTone } from '../../ui/status-badge.tsx'

type Named = Pick<PackageView, 'componentName' | 'version'>

/** "Orders to ERP 2.0" */
export const nameOf = ({ componentName, version }: Named) => `${componentName} ${version}`

/** Whether packs may take it; a dash for types that are never shared. */
export const sharingWord = (shareable: boolean | null) =>
  shareable === null ? '–' : shareable ? 'Allowed' : 'Not Allowed'

export const deployedWords = (count: number) => (count === 0 ? '––' : plural(count, 'environment'))

export const statusTable: Record<PackageView['status'], { tone: StatusTone; word: string }> = {
  active: { tone: 'good', word: 'Active' },
  deleted: { tone: 'neutral', word: 'Deleted' },
}

export const useWords: Record<PackageDetails['integrationPacks'][number]['use'], string> = {
  current: 'In the current release',
  scheduled: 'In the scheduled release',
  pending: 'Waiting for the next release',
  'released-before': 'Released before',
}

export const classificationWords = { PRODUCTION: 'Production', TEST: 'Test' } as const

export const firstOf = (shown: number, total: number) =>
  total > shown ? `The first ${formatCount(shown)} of ${formatCount(total)}` : null
