import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { packQueries } from '../../packs/pack-queries.ts'
import { requireParam } from '../../paths.ts'
import { FailedRelease } from './failed-release.tsx'
import { ReleaseGoingOut } from './release-going-out.tsx'
import { ScheduledRelease } from './scheduled-release.tsx'

/** Above the Packaged Components of a pack: the release that is scheduled, going out, or has failed. */
export function Component() {
  const packId = requireParam(useParams(), 'packId')
  const { data: pack } = useQuery(packQueries.one(packId))
  if (!pack) return null
  return (
    <>
      <ReleaseGoingOut key={packId} pack={pack} />
      {pack.failed && <FailedRelease pack={pack} failed={pack.failed} />}
      {pack.scheduled && <ScheduledRelease pack={pack} scheduled={pack.scheduled} />}
    </>
  )
}
