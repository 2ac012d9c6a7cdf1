import { releaseSummaries } from '../../read-models/release-summary.ts'
import { attribute, shape, type Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import { platformObject, type ReadContext } from './platform-object.ts'
import { releaseRequests } from './publisher-integration-pack.views.ts'
import { releasedComponents } from './release-integration-pack.ts'

/** How a release goes: 202 until it is final, so that clients ask again. */
export const releaseIntegrationPackStatus = platformObject({
  shape: shape('ReleaseIntegrationPackStatus', {
    integrationPackId: attribute.text,
    name: attribute.text,
    installationType: attribute.text,
    releaseSchedule: attribute.text,
    releaseOnDate: attribute.text,
    requestId: attribute.text,
    releaseStatus: attribute.text,
    releaseProgress: attribute.integer,
    responseStatusCode: attribute.integer,
    ReleasePackagedComponents: releasedComponents,
  }),
  features: ['publisher-integration-pack-api', 'integration-pack-api'],
  reading: {
    action: 'view-releases',
    source: releaseRequests,
    get: true,
    query: false,
    finish: withProgress,
    statusOf: ({ responseStatusCode }) => (responseStatusCode === 202 ? 202 : 200),
  },
})

async function withProgress(rows: readonly Row[], { db, actor }: ReadContext): Promise<readonly Value[]> {
  const running = rows
    .filter(({ releaseStatus }) => releaseStatus === 'IN_PROGRESS')
    .map(({ key }) => String(key))
  const summaries = await releaseSummaries(db, { scope: actor.accountId, releaseIds: running })
  return rows.map((row) => {
    const summary = summaries.get(String(row['key']))
    const isFinal = row['releaseStatus'] === 'SUCCESS' || row['releaseStatus'] === 'ERROR'
    return {
      ...row,
      responseStatusCode: isFinal ? 200 : 202,
      ...(summary && { releaseProgress: percent(summary) }),
    }
  })
}

const percent = ({ updated, total }: { updated: number; total: number }) =>
  total === 0 ? 0 : Math.floor((100 * updated) / total)
