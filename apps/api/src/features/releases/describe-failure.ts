import { databaseCodes } from '../../platform/database-errors.ts'

/** What went wrong with an attempt, for the page that shows it: the kind of fault, never SQL or data. */
export function describeFailure(error: unknown): string {
  const code = databaseCodes(error).at(-1)
  return code === undefined
    ? 'The release could not be carried out because of an unexpected error.'
    : `The database refused the release (code ${code}).`
}
