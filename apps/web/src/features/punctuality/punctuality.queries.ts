import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'

const pageSize = 50
const key = ['releases', 'punctuality']

export const punctualityQueries = {
  summary: () =>
    queryOptions({ queryKey: [...key, 'summary'], queryFn: ({ signal }) => api.getPunctuality(signal) }),
  page: ({ after, before }: { after: string; before: string }) =>
    queryOptions({
      queryKey: [...key, 'page', { after, before }],
      queryFn: ({ signal }) => api.listPunctuality({ after, before, pageSize }, signal),
      placeholderData: keepPreviousData,
    }),
}
