import { Button, NativeSelect, TextInput } from '@mantine/core'
import type { AccountView } from '@packline/contract/accounts.ts'
import { privilegeTable, isPrivilege } from '@packline/domain/access/privileges.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { currentVersionOf, hasCode } from '../../lib/api-problem.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { refreshSession } from '../../session-query.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './account-setup.module.css'
import { accountQueries, editOwnAccount, refreshOwnAccount } from './account-setup.queries.ts'

type AccountDraft = { name: string; roleId: string | null; version: number }

const draftOf = ({ name, supportAccessRole, version }: AccountView): AccountDraft => ({
  name,
  roleId: supportAccessRole?.id ?? null,
  version,
})

const ids = { name: 'account-name', supportAccessRoleId: 'support-access-role' }

/** The account's name and, in a managed account, the role that caps whoever comes through an account group. */
export function AccountForm({ account }: { account: AccountView }) {
  // What is typed, and what the account was like when it was begun; null while nothing is typed.
  const [draft, setDraft] = useState<AccountDraft | null>(null)
  const { name, roleId, version: versionSeen } = draft ?? draftOf(account)
  const change = (part: Partial<AccountDraft>) => setDraft({ ...(draft ?? draftOf(account)), ...part })
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (version: number) => editOwnAccount(version, { name, supportAccessRoleId: roleId }),
    onSuccess: async () => {
      await Promise.all([refreshOwnAccount(), refreshSession()])
      setDraft(null)
      announce('Account saved')
    },
  })
  const isConflict = hasCode(error, 'account-changed')
  const refused = isRefusal(error) && !isConflict ? fieldProblems(error, ids) : null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isPending) mutate(isConflict ? currentVersionOf(error) : versionSeen)
  }
  return (
    <form className={classes['form']} onSubmit={submit} noValidate>
      {isConflict && (
        <Conflict
          message={error.message}
          isBusy={isPending}
          onKeepNewer={() => {
            reset()
            setDraft(null)
            void refreshOwnAccount()
          }}
          onAnyway={() => mutate(currentVersionOf(error))}
        />
      )}
      <FormErrors errors={refused?.summary ?? []} />
      {error && !refused && !isConflict && <ErrorState error={error} />}
      <TextInput
        id={ids.name}
        label="Account Name"
        withAsterisk
        required
        value={name}
        error={refused?.byField['name']}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      {account.primaryAccount && (
        <SupportAccessField
          account={account}
          roleId={roleId}
          onChange={(chosen) => change({ roleId: chosen })}
          problem={refused?.byField['supportAccessRoleId']}
        />
      )}
      <Button type="submit" loading={isPending}>
        Save
      </Button>
    </form>
  )
}

type SupportAccessFieldProps = {
  account: AccountView
  roleId: string | null
  onChange: (roleId: string | null) => void
  problem: string | undefined
}

function SupportAccessField({ account, roleId, onChange, problem }: SupportAccessFieldProps) {
  const { data: roles } = useQuery(accountQueries.supportRoles())
  const chosen = roles?.find(({ id }) => id === roleId)
  const known = account.supportAccessRole ? [account.supportAccessRole] : []
  const choices = roles ?? known.map((role) => ({ ...role, isShared: false, privileges: [] }))
  if (account.whyNotSupportAccess !== null) return <WhyNot>{account.whyNotSupportAccess}</WhyNot>
  return (
    <div>
      <NativeSelect
        id={ids.supportAccessRoleId}
        label="Support Access Role"
        description={`Users of ${account.primaryAccount?.name ?? 'the primary account'} who come here through an account group never do more than this role allows, whatever their role in the group. Users of this account are not affected.`}
        value={roleId ?? ''}
        error={problem}
        onChange={({ currentTarget: { value } }) => onChange(value === '' ? null : value)}
        data={[
          { value: '', label: 'None: group users do what their group role allows' },
          ...choices.map(({ id, name, isShared }) => ({
            value: id,
            label: isShared ? `${name} (shared)` : name,
          })),
        ]}
      />
      {chosen && (
        <p className={classes['note']}>
          {chosen.privileges.length === 0
            ? 'This role has no privileges: group users can look at the account and nothing more.'
            : `At most: ${chosen.privileges
                .filter(isPrivilege)
                .map((one) => privilegeTable[one].label)
                .join(', ')}.`}
        </p>
      )}
    </div>
  )
}
