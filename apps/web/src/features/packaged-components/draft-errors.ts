import type { PackageDraft } from '@packline/contract/packaged-components.ts'
import type { ApiProblem } from '../../lib/api-problem.ts'
import type { FormError } from '../../ui/form-errors.tsx'
import type { EntryErrors, EntryField } from './packaging-draft.ts'

/** The id of an input, so that the summary can lead to it. */
export const fieldIdOf = (componentId: string, field: EntryField) => `${componentId}-${field}`

/** What was refused, component by component, for the summary above the form. */
export function summaryOf(
  problem: ApiProblem,
  errors: ReadonlyMap<string, EntryErrors>,
  components: PackageDraft['components'],
): FormError[] {
  const lines = components.flatMap(({ componentId, componentName }) =>
    Object.entries(errors.get(componentId) ?? {}).map(([field, message]) => ({
      // The keys of EntryErrors are fields of an entry.
      fieldId: fieldIdOf(componentId, field as EntryField),
      message: `${componentName}: ${message}`,
    })),
  )
  return lines.length > 0 ? lines : [{ message: problem.message }]
}
