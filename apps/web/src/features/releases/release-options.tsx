import type { ReleaseDraft, ReleasePreview } from '@packline/contract/releases.ts'
import { Radio } from '@mantine/core'
import { formatDay } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { reachText } from './reach-text.ts'
import { ReleaseDate } from './release-date.tsx'
import classes from './release-options.module.css'
import type { ReleaseOptionInUrl } from './wizard-address.ts'

type ReleaseOptionsProps = {
  draft: ReleaseDraft
  preview: ReleasePreview
  isChecking: boolean
  mayBeDated: boolean
  option: ReleaseOptionInUrl
  date: string | null
  dateError: string | null
  onOption: (option: ReleaseOptionInUrl) => void
  onDate: (date: string | null) => void
}

/** Select a Release Option: at once or on a date, each with what it means in numbers. */
export function ReleaseOptions(props: ReleaseOptionsProps) {
  const { draft, preview, isChecking, mayBeDated, option, date, dateError, onOption, onDate } = props
  return (
    <Radio.Group
      label="Select a Release Option"
      classNames={{ label: classes['legend'] ?? '' }}
      value={option}
      onChange={(value) => onOption(value === 'on-date' ? 'on-date' : 'immediately')}
    >
      <div className={classes['option']}>
        <Radio value="immediately" label="Release immediately" description={immediateText(draft, preview)} />
      </div>
      <div className={classes['option']}>
        {mayBeDated ? (
          <Radio value="on-date" label="Release on specified date" description={datedText(preview)} />
        ) : (
          <OneAlreadyScheduled draft={draft} />
        )}
        {option === 'on-date' && (
          <div className={classes['date']}>
            <ReleaseDate
              preview={preview}
              isChecking={isChecking}
              date={date}
              onChange={onDate}
              error={dateError}
            />
          </div>
        )}
      </div>
    </Radio.Group>
  )
}

function immediateText({ scheduled }: ReleaseDraft, preview: ReleasePreview): string {
  const base = reachText(preview, {
    reaching: 'Applies at once to',
    reachingNobody: 'Nobody is updated',
    installedNowhere: 'Installed nowhere yet: nothing changes for anybody until accounts install it.',
  })
  return scheduled
    ? `${base} Release ${scheduled.sequence}, scheduled for ${formatDay(scheduled.releaseOn ?? '')}, is replaced: its testing period ends and it will not go out.`
    : base
}

function datedText(preview: ReleasePreview): string {
  if (!preview.isRerelease) {
    return 'The first release: until its date the pack can be neither shared nor installed.'
  }
  return reachText(preview, {
    reaching: 'Accounts may apply it early; the rest are updated on the date:',
    reachingNobody: 'Nobody is updated on the date',
    installedNowhere:
      'Installed nowhere yet. Until the date, accounts that install it get the current release.',
  })
}

function OneAlreadyScheduled({ draft: { packId, scheduled } }: { draft: ReleaseDraft }) {
  if (!scheduled) return null
  return (
    <WhyNot>
      “Release on specified date” is not offered: release {scheduled.sequence} is already scheduled for{' '}
      {formatDay(scheduled.releaseOn ?? '')}, and a pack has at most one scheduled release.{' '}
      <TextLink to={paths.releaseWizard(packId, { replaces: scheduled.id })}>
        Change the versions of the scheduled release
      </TextLink>{' '}
      instead.
    </WhyNot>
  )
}
