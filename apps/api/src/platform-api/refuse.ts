import type { Refusal } from '../platform/problems.ts'

/** What each refusal of the console's is called here; those not listed keep their status. */
const statusHere: Readonly<Record<number, number>> = {
  404: 400,
  409: 400,
  413: 400,
  415: 400,
  422: 400,
  // Over the limit is 503 to these clients, who wait and try again.
  429: 503,
}

export const platformStatus = (status: number): number => statusHere[status] ?? status

/** Seconds after which to try again, where the refusal itself does not say. */
export const retryAfter = ({ status }: Pick<Refusal, 'status'>) => (platformStatus(status) === 503 ? 2 : undefined)
