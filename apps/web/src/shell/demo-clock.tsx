import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { api } from '../api.ts'
import { clockQuery, useBusinessNow, useDemoClock } from '../business-time.ts'
import { dateIn, formatDay, formatTimeWithSeconds } from '../lib/dates.ts'
import { messageOf } from '../lib/problem-message.ts'
import { queryClient } from '../query-client.ts'
import { showBanner } from '../ui/banner-shelf.tsx'
import { announce } from '../ui/live-region.tsx'
import classes from './footer.module.css'

const SetClockDialog = lazy(() =>
  import('./set-clock-dialog.tsx').then((module) => ({ default: module.SetClockDialog })),
)

/** After the clock moved nothing on the page is certain any more. */
const askEverythingAgain = async () => {
  await queryClient.invalidateQueries({ queryKey: clockQuery.queryKey })
  await queryClient.invalidateQueries()
}

/** In the demo, time can be set: releases go out when this clock reaches their window. */
export function DemoClock({ timeZone }: { timeZone: string }) {
  const clock = useDemoClock()
  const now = useBusinessNow(1000)
  const [isOpen, setOpen] = useState(false)
  const setButton = useRef<HTMLButtonElement>(null)
  const { mutate: reset, isPending } = useMutation({
    mutationFn: api.resetClock,
    onSuccess: async () => {
      // The button that was used goes.
      setButton.current?.focus()
      await askEverythingAgain()
      announce('The demo clock follows real time again')
    },
    onError: (error) => showBanner({ tone: 'bad', text: messageOf(error) }),
  })
  if (!clock) return null
  return (
    <section aria-label="Demo clock" className={classes['clock']}>
      <span>
        Demo clock{' '}
        <time dateTime={now.toISOString()} className={classes['time']}>
          {formatDay(dateIn(now, timeZone))}, {formatTimeWithSeconds(now, timeZone)}
        </time>{' '}
        {timeZone}
      </span>
      <Button ref={setButton} variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        Set the clock
      </Button>
      {clock.isSet && (
        <Button variant="default" size="compact-sm" loading={isPending} onClick={() => reset()}>
          Back to real time
        </Button>
      )}
      <Suspense>
        {isOpen && (
          <SetClockDialog
            now={now}
            timeZone={timeZone}
            onClose={() => setOpen(false)}
            onSet={askEverythingAgain}
          />
        )}
      </Suspense>
    </section>
  )
}
