import type { PackView } from '@packline/contract/integration-packs.ts'
import { dateIn, formatDay } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'

/** The way into the wizard while there is something to release; otherwise its place says why there is nothing (R-26). */
export function ReleaseButton({ pack }: { pack: PackView }) {
  const permission = usePermission('release-pack')
  const zone = useReaderZone()
  if (pack.readiness.kind === 'nothing-to-release') {
    return <WhyNot>{sentences[pack.readiness.why](pack, zone)}</WhyNot>
  }
  return (
    <Allowed permission={permission}>
      <ButtonLink to={paths.releaseWizard(pack.id)}>Release Integration Pack</ButtonLink>
    </Allowed>
  )
}

type Why = Extract<PackView['readiness'], { kind: 'nothing-to-release' }>['why']

const sentences: Record<Why, (pack: PackView, zone: string) => string> = {
  'pack-empty': () => 'Add a packaged component; then the pack can be released.',
  'all-released': ({ current }, zone) =>
    current
      ? `All packages are released · release ${current.sequence} of ${releaseDay(current, zone)}`
      : 'All packages are released.',
  'release-scheduled': ({ scheduled }) =>
    `Everything here is in the scheduled release${scheduled ? ` ${scheduled.sequence}` : ''}. Change it above.`,
  'release-in-progress': () =>
    'A release of this pack is going out. The next one can follow when it has finished.',
  'only-deletions-left': () =>
    'Every package is removed, and a release needs at least one. Undelete or add one; to retire the pack, delete it.',
}

type Released = NonNullable<PackView['current']>

/** The calendar date a dated release went out on, in its own zone; for an immediate one the reader's. */
const releaseDay = ({ releaseOn, finishedAt, confirmedAt }: Released, zone: string) =>
  formatDay(releaseOn ?? dateIn(finishedAt ?? confirmedAt, zone))
