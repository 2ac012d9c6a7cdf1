import { ApiProblem, NetworkProblem } from './api-problem.ts'

/** The sentence to show for anything that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiProblem || error instanceof NetworkProblem
    ? error.message
    : 'Something went wrong on this page. Load it again; if that does not help, tell us what you did.'
