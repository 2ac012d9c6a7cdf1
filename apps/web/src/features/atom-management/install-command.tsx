import type { AtomToken } from '@packline/contract/atoms.ts'
import { useReaderZone } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import classes from './install-command.module.css'

/** The command that installs the agent, with its one-time token. It is shown here and never again. */
export function InstallCommand({ token: { command, expiresAt } }: { token: AtomToken }) {
  const zone = useReaderZone()
  if (command === null) {
    return (
      <Banner tone="warning">
        The token was shown once and is not shown again. Ask for a new install command.
      </Banner>
    )
  }
  return (
    <>
      <p>
        Run this on the machine that the Atom is for, in the directory of Packline. It installs the agent,
        which registers itself and stays connected.
      </p>
      <div className={classes['box']}>
        <pre className={classes['command']}>
          <code>{command}</code>
        </pre>
        <CopyButton value={command} what="install command" />
      </div>
      <Banner tone="warning">
        <strong>Shown once.</strong> The token in it works for one installation, until{' '}
        <Moment at={expiresAt} zone={zone} />. Copy the command now; it cannot be shown again.
      </Banner>
    </>
  )
}
