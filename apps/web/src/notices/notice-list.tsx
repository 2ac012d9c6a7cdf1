import type { NoticeView } from '@packline/contract/notices.ts'
import { useMutation } from '@tanstack/react-query'
import { IconCalendarPlus } from '@tabler/icons-react'
import { paths } from '../paths.ts'
import { useReaderZone } from '../session.ts'
import { Moment } from '../ui/moment.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { readNotice } from './notice-queries.ts'
import { wayTo, wordsOf } from './notice-words.ts'
import classes from './notice-list.module.css'

type NoticeListProps = { notices: readonly NoticeView[]; label: string; onGo?: () => void }

/** Notices, newest first: what, where to, when. Going there reads them. */
export function NoticeList({ notices, label, onGo }: NoticeListProps) {
  const zone = useReaderZone()
  const { mutate } = useMutation({ mutationFn: readNotice })
  return (
    <ul className={classes['list']} aria-label={label}>
      {notices.map((notice) => {
        const { title, sentences } = wordsOf(notice, zone)
        return (
          <li key={notice.id} className={classes['item']} data-unread={notice.readAt === null || undefined}>
            <TextLink
              to={notice.target ? wayTo(notice.target).to : paths.notice(notice.id)}
              className={classes['title'] ?? ''}
              onClick={() => {
                if (notice.readAt === null) mutate(notice.id)
                onGo?.()
              }}
            >
              {notice.readAt === null && <span className="listeners-only">Unread: </span>}
              {title}
            </TextLink>
            <p className={classes['words']}>{sentences.join(' ')}</p>
            <p className={classes['when']}>
              <Moment at={notice.at} zone={zone} />
              {notice.calendarPath !== null && (
                <a
                  className={`link ${classes['calendar']}`}
                  href={notice.calendarPath}
                  download
                  aria-label={`Add to calendar: ${title}`}
                >
                  <IconCalendarPlus size={14} aria-hidden /> Add to calendar
                </a>
              )}
            </p>
          </li>
        )
      })}
    </ul>
  )
}
