import { Button } from '@mantine/core'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import classes from './users-and-roles.module.css'

type LinkShownProps = {
  /** Whose link it is. */
  email: string
  isMailed: boolean
  /** Path and fragment; null when it was mailed, or shown before and lost. */
  link: string | null
  /** "7 days" */
  lifetime: string
  /** What to do when the answer that had the link was lost: a sentence. */
  ifLost: string
  onDone: () => void
}

/** Where a one-time link went: to its reader by mail or, without a mail server, to this screen, once. */
export function LinkShown({ email, isMailed, link, lifetime, ifLost, onDone }: LinkShownProps) {
  return (
    <>
      {isMailed && (
        <p>
          A mail with the link is on its way to <strong>{email}</strong>. The link works once and for{' '}
          {lifetime}.
        </p>
      )}
      {!isMailed && link === null && (
        <Banner tone="warning">The link was made, but the answer that had it was lost. {ifLost}</Banner>
      )}
      {!isMailed && link !== null && (
        <>
          <Banner tone="warning">
            <strong>Shown once.</strong> There is no mail server, so hand this link to{' '}
            <strong>{email}</strong> yourself, and to nobody else. It works once and for {lifetime}.
          </Banner>
          <div className={classes['link']}>
            <code>{window.location.origin + link}</code>
            <CopyButton value={window.location.origin + link} what="link" />
          </div>
        </>
      )}
      <DialogActions>
        <Button onClick={onDone}>{link === null ? 'Close' : 'I have copied it'}</Button>
      </DialogActions>
    </>
  )
}
