import { prefetch } from '../../query-client.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { ApiTokens } from './api-tokens.tsx'
import { DeviceList } from './device-list.tsx'
import { NoticeMails } from './notice-mails.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { settingsQueries } from './settings.queries.ts'
import classes from './settings.module.css'
import { TwoStepSignIn } from './two-step-sign-in.tsx'

export function loader() {
  prefetch(settingsQueries.profile)
  prefetch(settingsQueries.timeZones)
  prefetch(settingsQueries.twoStep)
  prefetch(settingsQueries.devices)
  prefetch(settingsQueries.tokens)
  prefetch(settingsQueries.noticePreferences)
  return null
}

export function Component() {
  return (
    <>
      <PageHeading
        title="User Information"
        lead="Your name, your time zone, your password, a second step of signing in, your API tokens, what you are told by mail and where you are signed in."
      />
      <div className={classes['sections']}>
        <section aria-labelledby="profile">
          <h2 id="profile">Name and time zone</h2>
          <ProfileForm />
        </section>
        <section aria-labelledby="password">
          <h2 id="password">Password</h2>
          <PasswordForm />
        </section>
        <section aria-labelledby="two-step">
          <h2 id="two-step">Two-step sign-in</h2>
          <TwoStepSignIn />
        </section>
        <section aria-labelledby="api-tokens">
          <h2 id="api-tokens">API tokens</h2>
          <ApiTokens />
        </section>
        <section aria-labelledby="notices">
          <h2 id="notices">Notices</h2>
          <NoticeMails />
        </section>
        <section aria-labelledby="devices">
          <h2 id="devices">Where you are signed in</h2>
          <DeviceList />
        </section>
      </div>
    </>
  )
}
