import { Button } from '@mantine/core'
import type { ComparisonView } from '@packline/contract/packaged-components.ts'
import { useState } from 'react'
import { formatCount, plural } from '../../lib/dates.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './comparison-lines.module.css'

type Line = NonNullable<ComparisonView['lines']>[number]

const whyNoLines: Record<NonNullable<ComparisonView['whyNoLines']>, string> = {
  'not-text': 'The contents are not text, so their lines cannot be compared. Download both to compare them.',
  'too-large':
    'The contents are too large to compare here: at most 1 MB each. Download both to compare them.',
  identical: 'The contents of both versions are the same.',
}

/** More than this is drawn only when asked for, so that the page answers at once. */
const atFirst = 2000

/** What changed in the content, line by line: as sign, as word and as colour. */
export function ComparisonLines({ comparison }: { comparison: ComparisonView }) {
  const { older, newer, lines, whyNoLines: why } = comparison
  const [isWhole, setWhole] = useState(false)
  if (lines === null) return <WhyNot>{whyNoLines[why ?? 'not-text']}</WhyNot>

  const shown = isWhole ? lines : lines.slice(0, atFirst)
  const countOf = (kind: Line['kind']) => lines.filter((line) => line.kind === kind).length
  return (
    <>
      <p className={classes['summary']}>
        {plural(countOf('added'), 'line')} added, {plural(countOf('removed'), 'line')} removed, from version{' '}
        {older.version} to {newer.version}.
      </p>
      <ScrollBox label="Changed lines" minWidth={640}>
        <table className={classes['table']} aria-label="Changed lines">
          <thead>
            <tr>
              <th scope="col">{older.version}</th>
              <th scope="col">{newer.version}</th>
              <th scope="col">Change</th>
              <th scope="col">Line</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- lines never move, and a gap has no number of its own.
              <LineRow key={index} line={line} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {shown.length < lines.length && (
        <Button variant="default" mt="sm" onClick={() => setWhole(true)}>
          Show all {formatCount(lines.length)} lines
        </Button>
      )}
    </>
  )
}

const changeWords = { same: '', added: '+ added', removed: '− removed' } as const

function LineRow({ line: { kind, older, newer, text } }: { line: Line }) {
  if (kind === 'gap') {
    return (
      <tr className={classes['gap']}>
        <td colSpan={4}>{text === '' ? 'Lines that are the same are left out here' : text}</td>
      </tr>
    )
  }
  return (
    <tr data-kind={kind}>
      <td className={classes['number']}>{older}</td>
      <td className={classes['number']}>{newer}</td>
      <td className={classes['change']}>{changeWords[kind]}</td>
      <td className={classes['text']}>{text}</td>
    </tr>
  )
}
