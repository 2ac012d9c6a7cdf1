import { refusedBecause, type Written } from './platform-object.ts'

/** The one sentence for ids that are unknown and ids of other accounts. */
export const absentSentence = (name: string, id: string) =>
  `There is no ${name} with the id "${id.slice(0, 200)}" in this account. Send an id that a query has given.`

export const absent = (name: string, id: string): Written =>
  refusedBecause({ status: 400, code: 'unknown-id', message: absentSentence(name, id) })
