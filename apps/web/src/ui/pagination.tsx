import { Button, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { formatCount } from '../lib/dates.ts'

type PaginationProps = {
  /** What is counted, in the plural: "packages". */
  noun: string
  page: number
  pageSize: number
  total: number
  onPage: (page: number) => void
}

/** "51–100 of 1,204 packages" with the way to the pages before and after. */
export function Pagination({ noun, page, pageSize, total, onPage }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const first = (page - 1) * pageSize + 1
  const last = Math.min(total, page * pageSize)
  if (total === 0) return null
  return (
    <Group component="nav" aria-label={`Pages of ${noun}`} justify="space-between" mt="sm" data-no-print>
      <span className="tabular">
        {first > total ? 'Nothing on this page' : `${formatCount(first)}–${formatCount(last)}`} of{' '}
        {formatCount(total)} {noun}
      </span>
      {pages > 1 && (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            disabled={page <= 1}
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={() => onPage(Math.min(page - 1, pages))}
          >
            Previous
          </Button>
          <span className="tabular" aria-current="page">
            Page {formatCount(page)} of {formatCount(pages)}
          </span>
          <Button
            variant="default"
            size="compact-sm"
            disabled={page >= pages}
            rightSection={<IconChevronRight size={16} aria-hidden />}
            onClick={() => onPage(page + 1)}
          >
            Next
          </Button>
        </Group>
      )}
    </Group>
  )
}
