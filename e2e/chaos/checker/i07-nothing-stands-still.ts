import { damagedRows, findRows, type Invariant } from './evidence.ts'

export const nothingStandsStill: Invariant = {
  id: 'I7',
  says: 'no release that is due or going out has made no progress for two minutes',
  find: (evidence) =>
    findRows(
      evidence,
      (id) => `release ${id} stands still`,
      `select r.id from "Release" r
       where r.status in ('IN_PROGRESS', 'SCHEDULED') and r."dueAt" <= app_now() and app_now() - interval '2 minutes' > greatest(
         r."dueAt", r."changedAt", (select max(t."appliedAt") from "ReleaseTarget" t where t."releaseId" = r.id))`,
    ),
  controls: [
    damagedRows(
      'a release that stopped half way',
      `update "Release" set status = 'IN_PROGRESS', "changedAt" = app_now() - interval '3 minutes', "dueAt" = app_now() - interval '1 day'
       where id = (select id from "Release" r where not exists (
         select from "ReleaseTarget" t where t."releaseId" = r.id) limit 1)`,
    ),
    damagedRows(
      'a release that nobody sent out',
      `update "Release" set "dueAt" = app_now() - interval '3 minutes', "changedAt" = app_now() - interval '1 hour'
       where id = (select id from "Release" where status = 'SCHEDULED' limit 1)`,
    ),
  ],
}
