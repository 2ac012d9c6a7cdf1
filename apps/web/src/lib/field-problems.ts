import { ApiProblem } from './api-problem.ts'

export type FieldErrors = {
  /** Sentences by the path of their field. */
  byField: Record<string, string>
  /** For the summary: each sentence with the input it belongs to. */
  summary: { fieldId?: string; message: string }[]
}

/** Sorts a refusal into fields. `ids` gives the input of each field of the request; what has none concerns the form. */
export function fieldProblems(error: ApiProblem, ids: Record<string, string>): FieldErrors {
  const known = error.fields.flatMap(({ path, message }) => {
    const fieldId = ids[path]
    return fieldId === undefined ? [] : [{ path, fieldId, message }]
  })
  return {
    byField: Object.fromEntries(known.map(({ path, message }) => [path, message])),
    summary:
      known.length > 0
        ? known.map(({ fieldId, message }) => ({ fieldId, message }))
        : [{ message: error.message }],
  }
}

/** True for refusals of what was entered, which the person can mend; failures of the way there are something else. */
export const isRefusal = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500
