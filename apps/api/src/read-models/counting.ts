/** How what is counted by the thousand is read: as it is asked, or past the policies (see `past-policies.ts`). */
export type Counting = <Result>(read: () => Promise<Result>) => Promise<Result>
