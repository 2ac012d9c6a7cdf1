import type { AccountChoice, SessionView } from '@packline/contract/session.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'

const shownAtOnce = 20

/** The accounts one may work in: a few come with the session, the others are searched by the server. */
export function useMyAccounts({ accounts, accountCount }: Pick<SessionView, 'accounts' | 'accountCount'>) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const isSearching = search !== ''
  const found = useQuery({
    queryKey: ['my-accounts', search],
    queryFn: ({ signal }) => api.listMyAccounts({ search, pageSize: shownAtOnce }, signal),
    enabled: isSearching,
    placeholderData: keepPreviousData,
  })
  const rows = isSearching ? found.data?.rows : accounts
  const total = isSearching ? found.data?.total : accountCount
  return {
    typed,
    setTyped,
    hasMore: accountCount > accounts.length,
    rows,
    unshown: rows === undefined || total === undefined ? 0 : total - rows.length,
    error: isSearching ? found.error : null,
  }
}

/** How one came to an account, in a line: "bluebird-4K8M2C · Support · through Retail customers". */
export function accessLine({ id, roles, groups, cappedBy }: AccountChoice): string {
  return [
    id,
    roles.join(', '),
    groups.length > 0 && `through ${groups.join(', ')}`,
    cappedBy !== null && `capped by ${cappedBy}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
