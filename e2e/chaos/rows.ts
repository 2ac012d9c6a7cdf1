import type { Row } from './row.ts'
import { killApi } from './rows/kill-api.ts'
import { partition } from './rows/partition.ts'
import { slowDatabase } from './rows/slow-database.ts'

/** Every fault that the product is run through, in this order. */
export const rows: readonly Row[] = [killApi, slowDatabase, partition]
