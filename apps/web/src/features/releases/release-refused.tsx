import { isRefusal } from '../../lib/field-problems.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { notesId, releaseDateId } from './field-ids.ts'
import { versionLinkId } from './version-cell.tsx'

type ReleaseRefusedProps = { error: unknown; step: 'versions' | 'schedule'; versionsPath: string }

/** Why the release was not confirmed, each sentence with the way to what it is about. */
export function ReleaseRefused({ error, step, versionsPath }: ReleaseRefusedProps) {
  if (!isRefusal(error)) return <ErrorState error={error} />
  const { code, message, details } = error
  const components = componentIdsIn(details)
  if (components.length > 0 && step === 'versions') {
    return <FormErrors errors={components.map((id) => ({ fieldId: versionLinkId(id), message }))} />
  }
  const fieldId = code.startsWith('notes-') ? notesId : isAboutDate(code) ? releaseDateId : undefined
  return (
    <>
      <FormErrors errors={[fieldId === undefined ? { message } : { fieldId, message }]} />
      {(components.length > 0 || code === 'versions-unchanged') && step === 'schedule' && (
        <p>
          <TextLink to={versionsPath}>Go to Select Versions</TextLink>
        </p>
      )}
    </>
  )
}

export const isAboutDate = (code: string) => code.startsWith('date-') || code.startsWith('time-zone-')

const componentIdsIn = ({ componentIds }: Record<string, unknown>): string[] =>
  Array.isArray(componentIds) ? componentIds.filter((id) => typeof id === 'string') : []
