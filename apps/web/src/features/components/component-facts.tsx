import type { ComponentDetails } from '@packline/contract/components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { formatCount, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { packSentence } from './component-words.ts'

export function ComponentFacts({ component }: { component: ComponentDetails }) {
  const { id, type, folder, containsProcessRoute, currentRevision, packageCount, newestVersion } = component
  const { createdAt, createdByName, changedAt } = component
  const zone = useReaderZone()
  return (
    <FactList
      facts={[
        [
          'Component Type',
          `${componentTypeTable[type].label}${containsProcessRoute ? ', with a Process Route' : ''}`,
        ],
        [
          'Component ID',
          <>
            <code>{id}</code> <CopyButton value={id} what="Component ID" />
          </>,
        ],
        ['Folder', folder === '' ? 'None' : folder],
        ['Current revision', currentRevision === 0 ? 'None: no content yet' : formatCount(currentRevision)],
        [
          'Packaged versions',
          packageCount === 0 ? (
            'None'
          ) : (
            <>
              <TextLink to={paths.packagedComponents({ component: id })}>
                {plural(packageCount, 'version')}
              </TextLink>
              , the newest is {newestVersion}
            </>
          ),
        ],
        ['Sharing', packSentence(type, containsProcessRoute)],
        [
          'Created',
          <>
            <Moment at={createdAt} zone={zone} /> by {createdByName}
          </>,
        ],
        ['Changed', <Moment at={changedAt} zone={zone} />],
      ]}
    />
  )
}
