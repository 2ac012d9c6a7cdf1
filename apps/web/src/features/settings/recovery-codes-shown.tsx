import { Button } from '@mantine/core'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import classes from './settings.module.css'

/** The recovery codes, here and nowhere else, and gone with the dialog. */
export function RecoveryCodesShown({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = `${codes.join('\n')}\n`
  return (
    <DialogStep title="Your recovery codes">
      <Banner tone="warning">
        <strong>Shown once.</strong> Keep them where you keep passwords, and not on the phone with the app.
        Each signs you in once when the app is not at hand.
      </Banner>
      <ol className={classes['codes']}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={classes['buttons']}>
        <CopyButton value={text} what="recovery codes" />
        <Button variant="subtle" size="compact-sm" onClick={() => download(text)}>
          Download recovery codes
        </Button>
      </div>
      <DialogActions>
        <Button onClick={onDone}>I have kept them</Button>
      </DialogActions>
    </DialogStep>
  )
}

/** From the page itself: the server does not know them any more. */
function download(text: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  link.download = 'packline-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(link.href)
}
