import type { SessionView } from '@packline/contract/session.ts'
import { useNavigate, useSearchParams } from 'react-router'
import { paths, safeReturnPath } from '../../paths.ts'
import { queryClient, sessionKey } from '../../query-client.ts'
import { forgetAccountData } from '../../session-query.ts'

/** Goes in with a session that has just begun: to the page that was asked for, or to the choice of an account. */
export function useEntering() {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  return (session: SessionView) => {
    forgetAccountData()
    queryClient.setQueryData(sessionKey, session)
    const target = safeReturnPath(search.get('returnTo'))
    return navigate(session.account ? target : paths.chooseAccount(target), { replace: true })
  }
}
