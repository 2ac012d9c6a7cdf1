import type { AddableUser } from '@packline/contract/account-groups.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SearchSelect } from '../../ui/search-select.tsx'
import { choicesOf } from './account-groups.queries.ts'
import { nameOf } from './person-name.ts'

export type ChosenUser = Pick<AddableUser, 'userId' | 'email' | 'firstName' | 'lastName'>

type UserFieldProps = {
  id: string
  groupId: string
  value: ChosenUser | null
  onChange: (user: ChosenUser) => void
}

/** Finds a user of the account by name or e-mail, as the server knows them. */
export function UserField({ id, groupId, value, onChange }: UserFieldProps) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 200)
  const query = useInfiniteQuery({
    ...choicesOf<AddableUser>('listAddableUsers', groupId, search),
    placeholderData: (before) => before,
  })
  const users = query.data?.pages.flatMap(({ rows }) => rows) ?? []
  return (
    <SearchSelect
      id={id}
      label="User"
      description="Users of this account who are not in the group yet. Whoever has never signed in can be added after the first time."
      placeholder="Part of a name or e-mail"
      value={value?.userId ?? null}
      valueLabel={value ? `${nameOf(value)}, ${value.email}` : ''}
      onType={setTyped}
      find={() =>
        users.map((user) => ({
          value: user.userId,
          label: `${nameOf(user)}, ${user.email}${user.hasSignedIn ? '' : ' (never signed in)'}`,
        }))
      }
      onChange={(userId) => {
        const chosen = users.find((user) => user.userId === userId)
        if (chosen) onChange(chosen)
      }}
      nothingFound={query.isPending ? 'Searching' : 'No user of this account matches.'}
    />
  )
}
