import type { NoticeView } from '@packline/contract/notices.ts'
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useEffect } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { hasCode } from '../../lib/api-problem.ts'
import { noticeQueries, readNotice } from '../../notices/notice-queries.ts'
import { wayTo, wordsOf } from '../../notices/notice-words.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { switchAccount } from '../../session-query.ts'
import { useReaderZone } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './notice.module.css'

export function loader({ params }: LoaderFunctionArgs) {
  prefetch(noticeQueries.one(requireParam(params, 'noticeId')))
  return null
}

/** Where the link in a mail leads to: one notice, whichever account one works in. */
export function Component() {
  const noticeId = requireParam(useParams(), 'noticeId')
  const { data: notice, error, refetch } = useQuery(noticeQueries.one(noticeId))
  const { mutate: markRead } = useMutation({ mutationFn: readNotice })
  const isUnread = notice?.readAt === null
  useEffect(() => {
    if (isUnread) markRead(noticeId)
  }, [isUnread, noticeId, markRead])

  if (notice) return <Notice notice={notice} />
  if (!error) return <Loading lines={4} label="Loading the notice" />
  return (
    <>
      <PageHeading title="Notice" />
      {hasCode(error, 'notice-elsewhere') ? (
        <ElsewhereNotice problem={error} onSwitched={() => void refetch()} />
      ) : (
        <ErrorState
          error={error}
          onRetry={hasCode(error, 'notice-not-found') ? undefined : () => void refetch()}
          action={<TextLink to={paths.notices()}>All notices</TextLink>}
        />
      )}
    </>
  )
}

function Notice({ notice }: { notice: NoticeView }) {
  const zone = useReaderZone()
  const { title, sentences } = wordsOf(notice, zone)
  const way = notice.target && wayTo(notice.target)
  return (
    <>
      <PageHeading title={title} lead={<Moment at={notice.at} zone={zone} />} />
      {sentences.map((sentence) => (
        <p key={sentence} className={classes['sentence']}>
          {sentence}
        </p>
      ))}
      {notice.facts.notes !== '' && (
        <section aria-labelledby="notes" className={classes['notes']}>
          <h2 id="notes">Release notes</h2>
          <Markdown>{notice.facts.notes}</Markdown>
        </section>
      )}
      <div className={classes['ways']}>
        {way && <ButtonLink to={way.to}>{way.label}</ButtonLink>}
        {notice.calendarPath !== null && (
          <Button
            component="a"
            href={notice.calendarPath}
            download
            variant="default"
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
          >
            Add to calendar
          </Button>
        )}
        <TextLink to={paths.notices()}>All notices</TextLink>
      </div>
    </>
  )
}

type ElsewhereNoticeProps = {
  problem: Error & { details: Record<string, unknown> }
  onSwitched: () => void
}

function ElsewhereNotice({ problem, onSwitched }: ElsewhereNoticeProps) {
  const accountId = String(problem.details['accountId'])
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => switchAccount(accountId),
    onSuccess: onSwitched,
  })
  return (
    <>
      {error && <ErrorState title="The account could not be switched" error={error} />}
      <p className={classes['sentence']}>{problem.message}</p>
      <div className={classes['ways']}>
        <Button loading={isPending} onClick={() => mutate()}>
          Switch to {String(problem.details['accountName'])}
        </Button>
        <TextLink to={paths.notices()}>All notices</TextLink>
      </div>
    </>
  )
}
