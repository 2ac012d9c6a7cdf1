import type { VersionRef } from '@packline/contract/integration-packs.ts'
import type { ComparisonView } from '@packline/contract/packaged-components.ts'
import { useQuery } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ComparedFact } from '../../packs/compared-fact.tsx'
import { paths } from '../../paths.ts'
import { Arrow } from '../../ui/arrow.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { comparisonQuery } from './release-wizard.queries.ts'

type ReleasedDifferenceProps = { current: VersionRef | null; packageId: string }

/** What differs between the version in the current release and the chosen one. */
export function ReleasedDifference({ current, packageId }: ReleasedDifferenceProps) {
  if (current === null)
    return <p>The component was never released in this pack, so all of it is new for consumers.</p>
  if (current.packageId === packageId) return <p>This is the released version.</p>
  return <Difference current={current} packageId={packageId} />
}

function Difference({ current, packageId }: { current: VersionRef; packageId: string }) {
  const comparison = useQuery(comparisonQuery(current.packageId, packageId))
  if (comparison.error && !comparison.data) {
    return <ErrorState error={comparison.error} onRetry={() => void comparison.refetch()} />
  }
  if (!comparison.data) return <Loading lines={4} />
  const { older, newer, facts } = comparison.data
  const different = facts.filter(({ differs }) => differs)
  // The comparison puts the older package first, which on a rollback is the one that the release goes to.
  const isRollback = older.id === packageId
  const [from, to] = isRollback ? (['newer', 'older'] as const) : (['older', 'newer'] as const)
  return (
    <>
      <p>
        {comparison.data[from].version} → {comparison.data[to].version}
        {isRollback && ', a rollback'}. {linesText(comparison.data, isRollback)}
      </p>
      <FactList
        facts={different.map((fact) => [
          fact.label,
          <span key={fact.label}>
            <ComparedFact text={fact[from]} /> <Arrow /> <ComparedFact text={fact[to]} />
          </span>,
        ])}
      />
      <p>
        <TextLink to={paths.comparePackages(older.id, newer.id)} target="_blank">
          Compare the two line by line<span className="listeners-only"> in a new tab</span>
        </TextLink>
      </p>
    </>
  )
}

function linesText({ lines, whyNoLines }: ComparisonView, isRollback: boolean): string {
  if (whyNoLines === 'identical') return 'Their contents are the same.'
  if (lines === null) return 'Their contents cannot be compared line by line.'
  const count = (kind: 'added' | 'removed') => lines.filter((line) => line.kind === kind).length
  const [added, removed] = isRollback ? (['removed', 'added'] as const) : (['added', 'removed'] as const)
  return `${plural(count(added), 'line')} added, ${plural(count(removed), 'line')} removed.`
}
