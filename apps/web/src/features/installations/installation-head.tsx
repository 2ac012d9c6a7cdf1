import type { InstallationView } from '@packline/contract/installations.ts'
import { packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { plural } from '../../lib/dates.ts'
import { goesOut, releaseDay } from '../../packs/consumer-release-words.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DetailsHead } from '../../ui/details-head.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Hint } from '../../ui/hint.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './installation-head.module.css'

const UninstallDialog = lazyDialog(() =>
  import('./uninstall-dialog.tsx').then((module) => module.UninstallDialog),
)

/** Name, version and origin of an installation, with the way to uninstall it. */
export function InstallationHead({ installation }: { installation: InstallationView }) {
  const uninstall = usePermission('uninstall-pack')
  const [isAsking, setAsking] = useState(false)
  const zone = useReaderZone()
  const navigate = useNavigate()
  const { current, pending } = installation
  const early = installation.attached.filter(({ state }) => state === 'applied-early').length

  return (
    <>
      <DetailsHead
        id="installation-name"
        title={installation.name}
        links={
          uninstall.kind === 'allowed' && (
            <LinkButton onClick={() => setAsking(true)}>Uninstall this integration pack</LinkButton>
          )
        }
      />
      {installation.description !== '' && (
        <p className={classes['description']}>{installation.description}</p>
      )}
      {uninstall.kind === 'refused' && <WhyNot>{uninstall.sentence}</WhyNot>}
      {!installation.isShared && (
        <div className={classes['banner']}>
          <Banner tone="warning">
            <strong>No longer shared.</strong> {installation.publisherName} no longer shares this integration
            pack with this account. It keeps running its release where it is attached; it gets no further
            releases, and it cannot be attached to more environments.
          </Banner>
        </div>
      )}
      <FactList
        facts={[
          [
            'Version',
            <span key="version" className={classes['version']}>
              {installation.versionNumber}
              {early > 0 && (
                <span className={classes['early']}>applied early in {plural(early, 'environment')}</span>
              )}
              <Hint about="the version">
                How many releases of this integration pack were delivered to this installation. It starts at
                1.
              </Hint>
            </span>,
          ],
          ['Current release', `Released ${releaseDay(current, zone)}`],
          ['Pending release', pending && installation.isShared && `Goes out ${goesOut(pending)}`],
          ['Integration pack', installation.packName !== installation.name && installation.packName],
          ['Integration Pack Type', packTypeTable[installation.packType].label],
          ['Publisher', installation.publisherName],
          [
            'Installed',
            <span key="installed">
              <Moment at={installation.installedAt} zone={zone} /> by {installation.installedByName}
            </span>,
          ],
          [
            'Installation ID',
            <span key="id" className={classes['id']}>
              <code>{installation.id}</code> <CopyButton value={installation.id} what="Installation ID" />
            </span>,
          ],
        ]}
      />
      <UninstallDialog
        isOpen={isAsking}
        installation={installation}
        onClose={() => setAsking(false)}
        onUninstalled={() => navigate(paths.installations(), { replace: true })}
      />
    </>
  )
}
