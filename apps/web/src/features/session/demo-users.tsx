import type { AboutView } from '@packline/contract/session.ts'
import { EntryButton } from '../../shell/entry-controls.tsx'
import classes from './session.module.css'

type DemoUsersProps = {
  demo: NonNullable<AboutView['demo']>
  onChoose: (credentials: { email: string; password: string }) => void
}

/** Everybody who can sign in to the demo; one click fills the form. */
export function DemoUsers({ demo: { users, password }, onChoose }: DemoUsersProps) {
  const choose = (email: string) => {
    onChoose({ email, password })
    document.getElementById('sign-in')?.focus()
  }
  return (
    <section aria-labelledby="demo-users" className={classes['demo']}>
      <h2 id="demo-users" className={classes['demoTitle']}>
        Demo users
      </h2>
      <p className={classes['hint']}>
        This is a demo with made-up accounts. The password of all users is <code>{password}</code>.
      </p>
      <ul className={classes['users']}>
        {users.map(({ email, role, account, timeZone }) => (
          <li key={email} className={classes['user']}>
            <div>
              <div className={classes['email']}>{email}</div>
              <div className={classes['hint']}>
                {role} of {account}, {timeZone}
              </div>
            </div>
            <EntryButton aria-label={`Fill in ${email}`} onClick={() => choose(email)}>
              Fill in
            </EntryButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
