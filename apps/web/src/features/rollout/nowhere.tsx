import type { ReleaseView } from '@packline/contract/releases.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

/** Why a rollout has no rows at all. */
export const Nowhere = ({ release }: { release: ReleaseView }) => (
  <EmptyState>{sentences[release.status] ?? noEnvironment}</EmptyState>
)

const noEnvironment = 'The pack is attached to no environment that this release could reach.'
const sentences: Partial<Record<ReleaseView['status'], string>> = {
  CANCELLED: 'This release was cancelled before it went out. It runs nowhere.',
  SUPERSEDED: 'This release was replaced before it went out. It runs nowhere.',
}
