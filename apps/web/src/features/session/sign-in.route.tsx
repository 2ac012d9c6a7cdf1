import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { safeReturnPath } from '../../paths.ts'
import { aboutQuery } from '../../session-query.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { CodeForm } from './code-form.tsx'
import { DemoUsers } from './demo-users.tsx'
import classes from './session.module.css'
import { SignInForm } from './sign-in-form.tsx'
import { isAboutPerson, SignOnProblem, SingleSignOn } from './single-sign-on.tsx'
import { useEntering } from './use-entering.ts'

export function Component() {
  const { data: about } = useQuery(aboutQuery)
  const [credentials, setCredentials] = useState({ email: '', password: '' })
  const [search] = useSearchParams()
  const [needsCode, setNeedsCode] = useState(false)
  const enter = useEntering()
  const { demo = null, singleSignOn = null } = about ?? {}
  if (needsCode) {
    return (
      <EntryPage>
        <PageHeading title="Enter your code" />
        <CodeForm label="Sign in" onSignedIn={enter} onAgain={() => setNeedsCode(false)} />
      </EntryPage>
    )
  }
  return (
    <EntryPage>
      <div className={classes['columns']}>
        <div>
          <PageHeading title="Sign in" />
          <SignOnProblem problem={search.get('problem')} />
          <SignInForm
            credentials={credentials}
            onChange={setCredentials}
            onCodeNeeded={() => {
              setCredentials({ ...credentials, password: '' })
              setNeedsCode(true)
            }}
          />
          {singleSignOn && (
            <SingleSignOn
              label={singleSignOn.label}
              returnTo={safeReturnPath(search.get('returnTo'))}
              isAnother={isAboutPerson(search.get('problem'))}
            />
          )}
        </div>
        {demo && <DemoUsers demo={demo} onChoose={setCredentials} />}
      </div>
    </EntryPage>
  )
}
