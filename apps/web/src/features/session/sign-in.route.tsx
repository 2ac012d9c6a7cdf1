import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { aboutQuery } from '../../session-query.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { DemoUsers } from './demo-users.tsx'
import classes from './session.module.css'
import { SignInForm } from './sign-in-form.tsx'

export function Component() {
  const { data: about } = useQuery(aboutQuery)
  const [credentials, setCredentials] = useState({ email: '', password: '' })
  const demo = about?.demo ?? null
  return (
    <EntryPage>
      <div className={classes['columns']}>
        <div>
          <PageHeading title="Sign in" />
          <SignInForm credentials={credentials} onChange={setCredentials} />
        </div>
        {demo && <DemoUsers demo={demo} onChoose={setCredentials} />}
      </div>
    </EntryPage>
  )
}
