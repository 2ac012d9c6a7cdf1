-- For which of its dates a scheduled release has been reminded of; another date is reminded of again.
alter table "Release" add column "remindedFor" date;
create index "Release_to_remind" on "Release" ("nextTryAt", id)
  where status = 'SCHEDULED' and timing = 'DATED' and "remindedFor" is distinct from "releaseOn";
