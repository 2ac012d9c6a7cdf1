import type { AvailablePackDetails } from '@packline/contract/installations.ts'
import { packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { plural } from '../../lib/dates.ts'
import { ComponentVersions } from '../../packs/consumer-release-details.tsx'
import { goesOut, releaseDay } from '../../packs/consumer-release-words.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { PickList } from '../../ui/pick-list.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { placeText } from './attachments.tsx'
import classes from './available-pack.module.css'

type AvailablePackFactsProps = {
  pack: AvailablePackDetails
  environmentIds: ReadonlySet<string>
  onEnvironments: (ids: ReadonlySet<string>) => void
  isBusy: boolean
  error: unknown
  onBack: () => void
  onInstall: () => void
}

/** What a pack is, what is inside, and its installation, together with its first environments. */
export function AvailablePackFacts(props: AvailablePackFactsProps) {
  const { pack, environmentIds, onEnvironments, isBusy, error, onBack, onInstall } = props
  const { current, pending, install, installations } = pack
  const permission = usePermission('install-pack')
  const zone = useReaderZone()
  const mayInstall = permission.kind === 'allowed' && install.kind === 'allowed'
  return (
    <>
      <LinkButton onClick={onBack}>Back to All</LinkButton>
      <DialogStep title={pack.name}>
        {pack.description !== '' && <p className={classes['description']}>{pack.description}</p>}
        <FactList
          facts={[
            ['Publisher', pack.publisherName],
            [
              'Integration Pack Type',
              `${packTypeTable[pack.type].label}: ${packTypeTable[pack.type].meaning.toLowerCase()}`,
            ],
            ['Release date', releaseDay(current, zone)],
            [
              'Installed',
              installations.length > 0 && (
                <ul key="installed" className={classes['installed']}>
                  {installations.map(({ id, name }) => (
                    <li key={id}>
                      <TextLink to={paths.installation(id)}>{name}</TextLink>
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
        {pending && (
          <div className={classes['banner']}>
            <Banner>
              A new release goes out by itself {goesOut(pending)}. An installation starts on the current one;
              once it is attached, the new one can be applied early.
            </Banner>
          </div>
        )}
        <h4 className={classes['heading']}>What is inside</h4>
        <ComponentVersions release={current} />
        <h4 className={classes['heading']}>Release notes</h4>
        {current.notes === '' ? (
          <p className={classes['none']}>The publisher wrote none.</p>
        ) : (
          <Markdown>{current.notes}</Markdown>
        )}
        {mayInstall && pack.environments.length > 0 && (
          <details className={classes['attach']}>
            <summary>
              Attach it in the same step
              {environmentIds.size > 0 && `: ${plural(environmentIds.size, 'environment')} selected`}
            </summary>
            <PickList
              label="Environments to attach"
              noun="environments"
              options={pack.environments.map((environment) => ({
                id: environment.environmentId,
                name: environment.environmentName,
                detail: placeText(environment),
              }))}
              chosen={environmentIds}
              onChange={onEnvironments}
              empty="This account has no environment yet."
            />
          </details>
        )}
        {error !== null && error !== undefined && <ErrorState title="Nothing was installed" error={error} />}
        <DialogActions>
          {permission.kind === 'refused' ? (
            <WhyNot>{permission.sentence}</WhyNot>
          ) : (
            <ReasonedButton
              isBusy={isBusy}
              whyNot={install.kind === 'refused' ? install.message : null}
              onClick={onInstall}
            >
              {environmentIds.size > 0 && pack.type === 'SINGLE' ? 'Install and Attach' : 'Install'}
            </ReasonedButton>
          )}
        </DialogActions>
      </DialogStep>
    </>
  )
}
