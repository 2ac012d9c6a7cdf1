import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { safeReturnPath } from '../../paths.ts'
import { aboutQuery } from '../../session-query.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { DemoUsers } from './demo-users.tsx'
import classes from './session.module.css'
import { SignInForm } from './sign-in-form.tsx'
import { SignOnProblem, SingleSignOn } from './single-sign-on.tsx'

export function Component() {
  const { data: about } = useQuery(aboutQuery)
  const [credentials, setCredentials] = useState({ email: '', password: '' })
  const [search] = useSearchParams()
  const { demo = null, singleSignOn = null } = about ?? {}
  return (
    <EntryPage>
      <div className={classes['columns']}>
        <div>
          <PageHeading title="Sign in" />
          <SignOnProblem problem={search.get('problem')} />
          <SignInForm credentials={credentials} onChange={setCredentials} />
          {singleSignOn && (
            <SingleSignOn label={singleSignOn.label} returnTo={safeReturnPath(search.get('returnTo'))} />
          )}
        </div>
        {demo && <DemoUsers demo={demo} onChoose={setCredentials} />}
      </div>
    </EntryPage>
  )
}
