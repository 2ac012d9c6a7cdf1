import { Button } from '@mantine/core'
import type { PackageDetails } from '@packline/contract/packaged-components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { api } from '../../api.ts'
import { formatBytes, formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DownloadLink } from '../../ui/download-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './package-facts.module.css'
import { nameOf, sharingWord, statusTable } from './package-words.ts'

export function PackageFacts({ one, onHistory }: { one: PackageDetails; onHistory: () => void }) {
  const zone = useReaderZone()
  const { tone, word } = statusTable[one.status]
  return (
    <>
      <FactList
        facts={[
          [
            'Packaged Component ID',
            <>
              <code>{one.id}</code> <CopyButton value={one.id} what="Packaged Component ID" />
            </>,
          ],
          ['Component', <TextLink to={paths.component(one.componentId)}>{one.componentName}</TextLink>],
          ['Component Type', componentTypeTable[one.componentType].label],
          ['Folder', one.folder === '' ? 'None' : one.folder],
          ['Version', one.version],
          ['Revision', formatCount(one.revision)],
          [
            'Created Date',
            <>
              <Moment at={one.createdAt} zone={zone} /> by {one.createdByName}
            </>,
          ],
          ['Sharing', one.shareable === null ? 'Does not apply to this type' : sharingWord(one.shareable)],
          ['Status', <StatusBadge tone={tone}>{word}</StatusBadge>],
          [
            'Deleted',
            one.deletedAt !== null && (
              <>
                <Moment at={one.deletedAt} zone={zone} />
                {one.deletedByName !== null && ` by ${one.deletedByName}`}
              </>
            ),
          ],
          ['Notes', one.notes === '' ? 'None' : <span className={classes['notes']}>{one.notes}</span>],
          ['Size', formatBytes(one.size)],
          ['Content type', one.mediaType],
          [
            'SHA-256',
            <>
              <code>{one.sha256}</code> <CopyButton value={one.sha256} what="SHA-256" />
            </>,
          ],
        ]}
      />
      <div className={classes['actions']}>
        <DownloadLink href={api.downloadPackageUrl(one.id)} what={nameOf(one)} />
        <Button variant="default" size="sm" onClick={onHistory}>
          Version history
        </Button>
      </div>
    </>
  )
}
