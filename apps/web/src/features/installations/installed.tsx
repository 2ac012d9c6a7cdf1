import type { InstallationView } from '@packline/contract/installations.ts'
import { Button } from '@mantine/core'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { TextLink } from '../../ui/text-link.tsx'

type InstalledProps = { installation: InstallationView; onClose: () => void }

/** The confirmation, with the way to what was installed. */
export function Installed({ installation, onClose }: InstalledProps) {
  const { attached } = installation
  return (
    <DialogStep title="Installed">
      <p>
        <StatusBadge tone="good">Installed</StatusBadge> <strong>{installation.name}</strong>, version{' '}
        {installation.versionNumber}.
      </p>
      <p>
        {attached.length === 0
          ? 'It is attached to no environment yet. Attach it, and its processes can run there.'
          : `It is attached to ${plural(attached.length, 'environment')}: ${attached
              .slice(0, 5)
              .map(({ environmentName }) => environmentName)
              .join(', ')}${attached.length > 5 ? ' and more' : ''}.`}
      </p>
      <p>
        Go to it on <TextLink to={paths.installation(installation.id)}>Integration Packs</TextLink>.
      </p>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </DialogStep>
  )
}
