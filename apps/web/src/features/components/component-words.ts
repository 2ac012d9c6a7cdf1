import {
  type ComponentType,
  componentTypeTable,
  maySharePackages,
} from '@packline/domain/packaged-components/component-type.ts'
import { hasCode } from '../../lib/api-problem.ts'
import type { FormError } from '../../ui/form-errors.tsx'

export const packRule =
  'Processes without a Process Route and API Service Components can be shared and put into integration packs. Every other type can be packaged, but not shared.'

/** Whether components like this may go into integration packs, as a sentence. */
export function packSentence(type: ComponentType, containsProcessRoute: boolean): string {
  if (maySharePackages({ id: '', accountId: '', type, containsProcessRoute })) {
    return 'Its packages can be shared and put into integration packs.'
  }
  const why =
    type === 'process'
      ? 'it contains a Process Route'
      : `a component of type ${componentTypeTable[type].label} cannot be in one`
  return `It can be packaged, but its packages cannot be shared or put into integration packs: ${why}.`
}

/** Fields of the form by the reason they are refused for. */
const fieldOf: Record<string, 'name' | 'folder' | 'route'> = {
  'name-empty': 'name',
  'name-too-long': 'name',
  'folder-too-long': 'folder',
  'process-route-outside-process': 'route',
}

export type FormProblem = { field: 'name' | 'folder' | 'route'; message: string }

/** The field that a refusal is about, or undefined when it concerns something else. */
export function fieldProblem(error: unknown): FormProblem | undefined {
  if (!hasCode(error, ...Object.keys(fieldOf))) return undefined
  const field = fieldOf[error.code]
  return field && { field, message: error.message }
}

export const summaryOf = (problem: FormProblem | undefined, ids: Record<string, string>): FormError[] => {
  if (!problem) return []
  const fieldId = ids[problem.field]
  return [{ message: problem.message, ...(fieldId !== undefined && { fieldId }) }]
}
