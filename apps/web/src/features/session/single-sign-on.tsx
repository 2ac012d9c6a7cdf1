import type { SingleSignOnProblem } from '@packline/domain/accounts/single-sign-on.ts'
import { urlOf } from '../../request.ts'
import { EntryLink } from '../../shell/entry-controls.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import classes from './session.module.css'

type SingleSignOnProps = {
  label: string
  returnTo: string
  /** Whoever came back a moment ago was not the one: the organisation's sign-in asks again. */
  isAnother: boolean
  onLeave?: () => void
}

/** The way in through the organisation's own sign-in: a link, because the browser leaves this app for it. */
export function SingleSignOn({ label, returnTo, isAnother, onLeave }: SingleSignOnProps) {
  const href = urlOf('startSignOn', {
    query: { returnTo: returnTo === '/' ? null : returnTo, as: isAnother ? 'another' : null },
  })
  return (
    <div className={classes['signOn']}>
      <p className={classes['or']}>or</p>
      <EntryLink href={href} onClick={onLeave}>
        {label}
      </EntryLink>
    </div>
  )
}

/** What went wrong there, when that is why somebody sees this page. */
export function SignOnProblem({ problem }: { problem: string | null }) {
  const code = problem?.replace(/^sign-on-/, '') ?? ''
  return isKnown(code) ? <FormErrors errors={[{ message: sentences[code] }]} /> : null
}

/** Did somebody come back from there who cannot come in? */
export const isAboutPerson = (problem: string | null) =>
  problem === 'sign-on-user-unknown' || problem === 'sign-on-email-unverified'

const isKnown = (code: string): code is SingleSignOnProblem => Object.hasOwn(sentences, code)

const sentences: Record<SingleSignOnProblem, string> = {
  expired: 'That sign-in took too long or was used already. Try again.',
  cancelled: 'You ended the sign-in at your organisation. Try again, or sign in with a password.',
  failed: 'Your organisation’s sign-in sent an answer that does not belong to this browser. Try again.',
  unavailable:
    'Your organisation’s sign-in cannot be reached right now. Try again in a moment, or sign in with a password.',
  'email-unverified':
    'Your organisation’s sign-in does not vouch for your e-mail address. Ask whoever runs it to verify the address.',
  'user-unknown':
    'Nobody here has your e-mail address. If you were invited, open the link of the invitation and accept it there; if not, ask an administrator of the account for an invitation.',
  'user-locked': 'Your user is locked after too many bad sign-ins. Try again in 15 minutes.',
}
