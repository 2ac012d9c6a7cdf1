import { damagedRows, type Invariant } from './evidence.ts'

/** The date there at that instant, by the calendar of the host's zone data and nothing of the product's. */
const dateAt = (millis: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    millis,
  )

export const neverEarly: Invariant = {
  id: 'I1',
  says: 'nothing is released before the first instant of its date where its scheduler is',
  async find({ sql }) {
    const { rows } = await sql.query<{ id: string; releaseOn: string; timeZone: string; first: number }>(
      `select r.id, r."releaseOn"::text, r."timeZone", extract(epoch from least(r."startedAt", t.first))::float8 as first
       from "Release" r left join (
         select "releaseId", min("appliedAt") as first from "ReleaseTarget" where how <> 'MANUAL' group by 1) t
         on t."releaseId" = r.id
       where r.timing = 'DATED' and (r."startedAt" is not null or t.first is not null)`,
    )
    return rows
      .filter(({ releaseOn, timeZone, first }) => dateAt(first * 1_000, timeZone) < releaseOn)
      .map(({ id, releaseOn }) => `release ${id} began before ${releaseOn}`)
  },
  controls: [
    damagedRows(
      'a release that began a second before its date',
      `update "Release" set "startedAt" = "dueAt" - interval '1 second'
       where id = (select id from "Release" where timing = 'DATED' and "startedAt" is not null limit 1)`,
    ),
    damagedRows(
      'an installation that was updated the day before',
      `update "ReleaseTarget" t set "appliedAt" = r."dueAt" - interval '1 day' from "Release" r
       where r.id = t."releaseId" and (t."releaseId", t."attachmentId") in (
         select t."releaseId", t."attachmentId" from "ReleaseTarget" t join "Release" r on r.id = t."releaseId"
         where t.how = 'AUTOMATIC' and r.timing = 'DATED' limit 1)`,
    ),
  ],
}
