import type { ServedAccount } from '@packline/contract/atoms.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../lib/dates.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { atomQueries } from './atoms.queries.ts'
import classes from './properties.module.css'

type AccountSearchProps = {
  id: string
  atomId: string
  chosen: readonly ServedAccount[]
  onChoose: (account: ServedAccount) => void
}

/** Finds one more of the accounts that this one manages, by a part of its name or id. */
export function AccountSearch({ id, atomId, chosen, onChoose }: AccountSearchProps) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 200)
  const found = useQuery(atomQueries.servable(atomId, search))
  if (found.error && !found.data) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  }
  const accounts = found.data?.accounts ?? []
  const taken = new Set(chosen.map((account) => account.id))
  const offered = accounts.filter((account) => !taken.has(account.id))
  return (
    <SearchSelect
      id={id}
      label="Add an account"
      description="The accounts that this one manages, by name or id."
      value={null}
      valueLabel=""
      placeholder="Search managed accounts"
      find={() => offered.map((account) => ({ value: account.id, label: `${account.name} · ${account.id}` }))}
      onType={setTyped}
      onChange={(accountId) => {
        const account = accounts.find((one) => one.id === accountId)
        if (account) onChoose(account)
      }}
      nothingFound={nothingFound({
        isSearching: found.isPending || found.isPlaceholderData,
        search,
        isAllTaken: accounts.length > 0,
      })}
      note={found.data?.isMore && <MoreNote shown={accounts.length} />}
    />
  )
}

type Search = { isSearching: boolean; search: string; isAllTaken: boolean }

function nothingFound({ isSearching, search, isAllTaken }: Search): string {
  if (isSearching) return 'Searching …'
  if (isAllTaken) return 'All that were found are on the list already.'
  return search === ''
    ? 'This account manages no other accounts.'
    : `No managed account has “${search}” in its name or id.`
}

const MoreNote = ({ shown }: { shown: number }) => (
  <p className={classes['under']}>
    The first {plural(shown, 'account')} of more. Type a part of the name to find others.
  </p>
)
