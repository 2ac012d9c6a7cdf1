import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from './api.ts'
import { aboutQuery } from './session-query.ts'

/**
 * The business clock as the server last told it, and how far this device's clock is away from it. Only the demo has
 * a clock that can be set; others may move it, so it is asked for again now and then.
 */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  staleTime: 15_000,
  refetchInterval: 30_000,
  queryFn: async ({ signal }) => {
    const clock = await api.getClock(signal)
    return { ...clock, aheadOfDevice: Date.parse(clock.now) - Date.now() }
  },
})

export function useDemoClock() {
  const { data: about } = useQuery(aboutQuery)
  const isDemo = about?.demo !== null && about?.demo !== undefined
  return useQuery({ ...clockQuery, enabled: isDemo }).data ?? null
}

/** Business time, for "in 8 days" and the like; moves on every minute, or as often as asked. */
export function useBusinessNow(everyMillis = 60_000): Date {
  const ahead = useDemoClock()?.aheadOfDevice ?? 0
  const [deviceNow, setDeviceNow] = useState(() => Date.now())
  useEffect(() => {
    setDeviceNow(Date.now())
    const timer = setInterval(() => setDeviceNow(Date.now()), everyMillis)
    return () => clearInterval(timer)
  }, [everyMillis, ahead])
  return new Date(deviceNow + ahead)
}
