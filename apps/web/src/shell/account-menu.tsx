import type { SessionInside } from '../session.ts'
import { useMutation } from '@tanstack/react-query'
import { IconBuilding, IconSelector } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useNavigate } from 'react-router'
import { messageOf } from '../lib/problem-message.ts'
import { paths } from '../paths.ts'
import { switchAccount } from '../session-query.ts'
import { clearBanners, showBanner } from '../ui/banner-shelf.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import classes from './tool-button.module.css'

const AccountChooser = lazy(() =>
  import('./account-chooser.tsx').then((module) => ({ default: module.AccountChooser })),
)

type AccountMenuProps = { session: SessionInside }

/** The account one works in, and the way to another one (D-29). */
export function AccountMenu({ session }: AccountMenuProps) {
  const { account } = session
  const navigate = useNavigate()
  const { mutate } = useMutation({
    mutationFn: switchAccount,
    onSuccess: () => {
      clearBanners()
      return navigate(paths.home())
    },
    onError: (error) => showBanner({ tone: 'bad', text: messageOf(error) }),
  })
  const shown = (
    <>
      <IconBuilding size={18} aria-hidden />
      <span className={classes['words']}>{account.name}</span>
    </>
  )
  if (session.accountCount < 2) {
    return (
      <span className={classes['root']} title={account.id}>
        <span className="listeners-only">Account: </span>
        {shown}
      </span>
    )
  }
  return (
    <Disclosure
      label={`Account ${account.name}, switch account`}
      triggerClass={classes['root']}
      trigger={
        <>
          {shown}
          <IconSelector size={14} aria-hidden />
        </>
      }
    >
      {(close) => (
        <div className={classes['wide']}>
          <Suspense>
            <AccountChooser
              session={session}
              onChoose={(accountId) => {
                close()
                mutate(accountId)
              }}
            />
          </Suspense>
        </div>
      )}
    </Disclosure>
  )
}
