import type { InvitationLinkView } from '@packline/contract/invitations.ts'
import { invitationPage } from '@packline/domain/accounts/invitation-page.ts'
import { isInvited } from '@packline/domain/accounts/invitation-standing.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../lib/problem-message.ts'
import { ApiProblem } from '../../lib/api-problem.ts'
import { paths } from '../../paths.ts'
import { request } from '../../request.ts'
import { aboutQuery, sessionQuery } from '../../session-query.ts'
import { EntryButton } from '../../shell/entry-controls.tsx'
import { EntryPage } from '../../shell/entry-page.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { AcceptAsNew } from './accept-as-new.tsx'
import { AcceptBySigningIn } from './accept-by-signing-in.tsx'
import { AcceptSignedIn } from './accept-signed-in.tsx'
import { invitationToken, keepInvitation } from './invitation-token.ts'
import classes from './session.module.css'
import { SingleSignOn } from './single-sign-on.tsx'

export function Component() {
  // As long as the page is open; the address keeps it for a reload.
  const [token] = useState(invitationToken)
  const {
    data: invitation,
    error,
    refetch,
  } = useQuery({
    queryKey: ['invitation-link'],
    // What the link of another tab or of a moment ago said is nobody's business here.
    gcTime: 0,
    queryFn: ({ signal }) => request<InvitationLinkView>('readInvitation', { body: { token }, signal }),
  })
  return (
    <EntryPage>
      {invitation && <Invitation invitation={invitation} token={token} />}
      {!invitation && !error && <Loading lines={5} />}
      {!invitation && error && (
        <>
          <PageHeading
            title={
              error instanceof ApiProblem
                ? 'This invitation cannot be used'
                : 'The invitation could not be read'
            }
          />
          <p role="alert" className={classes['words']}>
            {messageOf(error)}
          </p>
          {error instanceof ApiProblem ? (
            <p>
              <TextLink to={paths.signIn()}>Sign in</TextLink>
            </p>
          ) : (
            <EntryButton onClick={() => void refetch()}>Try again</EntryButton>
          )}
        </>
      )}
    </EntryPage>
  )
}

function Invitation({ invitation, token }: { invitation: InvitationLinkView; token: string }) {
  const { accountName, invitedByName, roles, email, vouched } = invitation
  const { data: session, isPending } = useQuery(sessionQuery)
  const { data: about } = useQuery(aboutQuery)
  const [hasUser, setHasUser] = useState(false)
  return (
    <>
      <PageHeading
        title={`Work in ${accountName}`}
        lead={`${invitedByName} has invited ${email} to this account, with ${roles.length === 1 ? 'the role' : 'the roles'} ${roles.join(', ')}.`}
      />
      {isPending && <Loading lines={3} />}
      {session && <AcceptSignedIn token={token} email={email} user={session.user} />}
      {session === null &&
        (hasUser ? (
          <AcceptBySigningIn token={token} email={email} onIsNew={() => setHasUser(false)} />
        ) : (
          <AcceptAsNew token={token} invitation={invitation} onHasUser={() => setHasUser(true)} />
        ))}
      {session === null && about?.singleSignOn && !(vouched && isInvited(email, vouched.email)) && (
        <SingleSignOn
          label={about.singleSignOn.label}
          returnTo={invitationPage}
          isAnother={vouched !== null}
          onLeave={() => keepInvitation(token)}
        />
      )}
    </>
  )
}
