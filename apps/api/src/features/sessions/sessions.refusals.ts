import { notSignedIn, RequestRefused } from '../../platform/problems.ts'

/** The caller's own session, which may have been ended elsewhere since the request was let in. */
export function stillThere<Session>(session: Session | undefined): Session {
  if (session === undefined) throw new RequestRefused(notSignedIn)
  return session
}
