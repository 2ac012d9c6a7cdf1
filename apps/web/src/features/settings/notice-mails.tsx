import type { NoticePreferences } from '@packline/contract/notices.ts'
import { Checkbox } from '@mantine/core'
import { noticeKindTable } from '@packline/domain/notices/notice-kinds.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Loading } from '../../ui/loading.tsx'
import classes from './notice-mails.module.css'
import { chooseNoticeMails, settingsQueries } from './settings.queries.ts'

/** Notices always come in the console; of which kinds one is told by mail as well, each chooses for themselves. */
export function NoticeMails() {
  const { data, error, refetch } = useQuery(settingsQueries.noticePreferences)
  if (data) return <Choices preferences={data} />
  return error ? (
    <ErrorState title="The choices could not be loaded" error={error} onRetry={() => void refetch()} />
  ) : (
    <Loading lines={4} label="Loading what comes by mail" />
  )
}

function Choices({ preferences: { mail, kinds } }: { preferences: NoticePreferences }) {
  const queryClient = useQueryClient()
  // At once and not with the mutation, which tells of itself a moment later: the box would jump back and forth.
  const [wanted, setWanted] = useState<Parameters<typeof chooseNoticeMails>[0] | null>(null)
  const { mutate, error } = useMutation({
    mutationFn: chooseNoticeMails,
    onSuccess: (saved) => {
      queryClient.setQueryData(settingsQueries.noticePreferences.queryKey, saved)
      announce('Saved')
    },
    onSettled: (_saved, _error, asked) => setWanted((latest) => (latest === asked ? null : latest)),
  })
  const choose = (next: Parameters<typeof chooseNoticeMails>[0]) => {
    setWanted(next)
    mutate(next)
  }
  const off = wanted ?? kinds.filter(({ byMail }) => !byMail).map(({ kind }) => kind)
  return (
    <>
      <p className={classes['note']}>
        {mail.isSent
          ? `All of these appear under the bell. Those ticked come by mail to ${mail.address} as well.`
          : 'All of these appear under the bell. This Packline has no mail server, so none come by mail now; what you tick counts once it has one.'}
      </p>
      {error && <ErrorState title="The choice was not saved" error={error} />}
      <fieldset className={classes['kinds']}>
        <legend>By mail as well</legend>
        {kinds.map(({ kind }) => (
          <Checkbox
            key={kind}
            label={noticeKindTable[kind]}
            checked={!off.includes(kind)}
            onChange={({ currentTarget: { checked } }) =>
              choose(checked ? off.filter((one) => one !== kind) : [...off, kind])
            }
          />
        ))}
      </fieldset>
    </>
  )
}
