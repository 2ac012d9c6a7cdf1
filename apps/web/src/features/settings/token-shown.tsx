import { Button } from '@mantine/core'
import type { CreatedToken } from '@packline/contract/api-tokens.ts'
import { useReaderZone } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { Moment } from '../../ui/moment.tsx'
import classes from './settings.module.css'

/** The token itself, with a line to try it with. It is here and nowhere else, and gone with the dialog. */
export function TokenShown({ created, onDone }: { created: CreatedToken; onDone: () => void }) {
  const { token, apiToken } = created
  const zone = useReaderZone()
  if (token === null) {
    return (
      <>
        <Banner tone="warning">
          The token was made, but the answer that had it was lost on its way. It cannot be shown again: revoke{' '}
          {apiToken.name} and make another one.
        </Banner>
        <DialogActions>
          <Button onClick={onDone}>Close</Button>
        </DialogActions>
      </>
    )
  }
  const line = `curl --header 'Authorization: Bearer ${token}' ${window.location.origin}/api/v1/account`
  return (
    <>
      <Banner tone="warning">
        <strong>Shown once.</strong> Copy it now and keep it like a password; here it is kept only as a hash.{' '}
        {apiToken.expiresAt === null ? (
          'It works until you revoke it.'
        ) : (
          <>
            It works until <Moment at={apiToken.expiresAt} zone={zone} />.
          </>
        )}
      </Banner>
      <Secret label="Token" text={token} />
      <Secret label="To try it" text={line} />
      <p className={classes['note']}>
        With HTTP Basic the user name is <code>BOOMI_TOKEN.</code> and your e-mail address, the password is
        the token.
      </p>
      <DialogActions>
        <Button onClick={onDone}>I have copied it</Button>
      </DialogActions>
    </>
  )
}

function Secret({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes['secret']}>
      <div className={classes['secretHead']}>
        <span>{label}</span>
        <CopyButton value={text} what={label === 'Token' ? 'token' : 'command'} />
      </div>
      <code className={classes['secretText']}>{text}</code>
    </div>
  )
}
