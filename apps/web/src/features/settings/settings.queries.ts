import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'

export const settingsQueries = {
  timeZones: queryOptions({
    queryKey: ['time-zones'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.listTimeZones(signal),
  }),
  devices: queryOptions({ queryKey: ['devices'], queryFn: ({ signal }) => api.listDevices(signal) }),
}
