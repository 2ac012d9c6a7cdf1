import { Button, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { formatCount, plural } from '../lib/dates.ts'

type PagerProps = {
  /** What is counted: "row". */
  noun: string
  /** How many are shown, and of how many where that is known. */
  shown: number
  total?: number | undefined
  onStart?: (() => void) | undefined
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
}

/** The way through a list too long to number its pages: the start, the page before, the page after. */
export function Pager({ noun, shown, total, onStart, onPrevious, onNext }: PagerProps) {
  if (shown === 0 && !onPrevious && !onNext) return null
  return (
    <Group component="nav" aria-label={`Pages of ${noun}s`} justify="space-between" mt="sm" data-no-print>
      <span className="tabular">
        {total !== undefined && total > shown && `${formatCount(shown)} of `}
        {plural(total !== undefined && total > shown ? total : shown, noun)}
      </span>
      {(onPrevious ?? onNext) && (
        <Group gap="xs">
          {onStart && (
            <Button variant="subtle" size="compact-sm" onClick={onStart}>
              Start
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            disabled={!onPrevious}
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={onPrevious}
          >
            Previous
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            disabled={!onNext}
            rightSection={<IconChevronRight size={16} aria-hidden />}
            onClick={onNext}
          >
            Next
          </Button>
        </Group>
      )}
    </Group>
  )
}
