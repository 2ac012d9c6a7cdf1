import { Prisma } from '@packline/database/generated/client.ts'

/**
 * Part of a condition: any of these ids. Without telling the planner how many they are: a statement that looks cheaper
 * for one id than for any is planned anew each time, and planning it takes several times as long as running it.
 */
export const anyOf = (ids: readonly string[]) => Prisma.sql`any((select ${[...ids]}::uuid[])::uuid[])`
