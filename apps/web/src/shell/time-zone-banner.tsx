import { zoneAliases } from '@packline/domain/time/zone-aliases.ts'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api.ts'
import { deviceZone } from '../lib/dates.ts'
import { messageOf } from '../lib/problem-message.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { refreshSession } from '../session-query.ts'
import { Banner } from '../ui/banner.tsx'
import { announce } from '../ui/live-region.tsx'
import { TextLink } from '../ui/text-link.tsx'
import classes from './shell.module.css'

/** At the first sign-in there is no time zone yet: the browser's is proposed and saved with one click (D-14). */
export function TimeZoneBanner() {
  // Browsers still call some zones by an older name: Asia/Katmandu.
  const zone = zoneAliases[deviceZone()] ?? deviceZone()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.editProfile({ timeZone: zone }),
    onSuccess: async () => {
      await refreshSession()
      announce(`Your time zone is ${zone}`)
      // Which dates can be chosen, and what they mean, depends on the zone.
      await queryClient.invalidateQueries()
    },
  })
  return (
    <section aria-label="Time zone" className={classes['banner']}>
      <Banner action={{ label: `Use ${zone}`, onClick: () => mutate(), isBusy: isPending }}>
        You have no time zone yet. Release dates are days in your time zone, so you can schedule only after
        choosing one. This device is set to {zone}. Use that, or{' '}
        <TextLink to={paths.userInformation()}>choose another one</TextLink>.
        {error && <> {messageOf(error)}</>}
      </Banner>
    </section>
  )
}
