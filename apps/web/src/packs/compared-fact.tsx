import { useReaderZone } from '../session.ts'
import { Moment } from '../ui/moment.tsx'

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** A fact of a version as a comparison has it; instants as everywhere, in the reader's time zone. */
export function ComparedFact({ text }: { text: string }) {
  const zone = useReaderZone()
  if (instant.test(text)) return <Moment at={text} zone={zone} />
  return text === '' ? '––' : text
}
