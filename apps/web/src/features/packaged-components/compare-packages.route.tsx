import { Title } from '@mantine/core'
import type { ComparisonView } from '@packline/contract/packaged-components.ts'
import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useNavigate, useParams } from 'react-router'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './compare-packages.module.css'
import { ComparisonFacts } from './comparison-facts.tsx'
import { ComparisonLines } from './comparison-lines.tsx'
import { packageQueries } from './packages.queries.ts'
import { VersionSelect } from './version-select.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-packages'))) return null
  prefetch(packageQueries.comparison(requireParam(params, 'olderId'), requireParam(params, 'newerId')))
  return null
}

export function Component() {
  const params = useParams()
  const olderId = requireParam(params, 'olderId')
  const newerId = requireParam(params, 'newerId')
  const permission = usePermission('view-packages')
  const { data, error, refetch } = useQuery({
    ...packageQueries.comparison(olderId, newerId),
    enabled: permission.kind === 'allowed',
  })
  return (
    <>
      <nav aria-label="Breadcrumb" className={classes['back']} data-no-print>
        <TextLink to={paths.packagedComponents()}>Packaged Components</TextLink>
      </nav>
      <PageHeading
        title="Compare two versions"
        lead={data && data.newer.componentName}
        {...(data && { documentTitle: `Compare ${data.newer.componentName}` })}
      />
      {permission.kind === 'refused' ? (
        <WhyNot>{permission.sentence}</WhyNot>
      ) : data ? (
        <Comparison comparison={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading lines={8} />
      )}
    </>
  )
}

function Comparison({ comparison }: { comparison: ComparisonView }) {
  const { older, newer } = comparison
  const navigate = useNavigate()
  const { data } = useQuery(packageQueries.versionsOf(newer.componentId))
  // Which of two is older is the server's to say, so either may be chosen on either side.
  const compare = (one: string, other: string) =>
    void navigate(paths.comparePackages(one, other), { replace: true, preventScrollReset: true })
  return (
    <>
      {data && data.versions.length > 1 && (
        <div className={classes['choice']} data-no-print>
          <VersionSelect
            label="Older version"
            versions={data.versions.filter(({ id }) => id !== newer.id)}
            value={older.id}
            onChange={(id) => compare(id, newer.id)}
          />
          <VersionSelect
            label="Newer version"
            versions={data.versions.filter(({ id }) => id !== older.id)}
            value={newer.id}
            onChange={(id) => compare(older.id, id)}
          />
        </div>
      )}
      <section aria-labelledby="compared-facts">
        <Title order={2} id="compared-facts" mb="sm">
          Facts
        </Title>
        <ComparisonFacts comparison={comparison} />
      </section>
      <section aria-labelledby="compared-content" className={classes['content']}>
        <Title order={2} id="compared-content" mb="sm">
          Content
        </Title>
        <ComparisonLines comparison={comparison} />
      </section>
    </>
  )
}
