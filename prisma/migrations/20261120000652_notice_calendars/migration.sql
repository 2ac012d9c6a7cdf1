-- The secret in the address of a release's calendar entry: whoever has the mail needs no session for it.
alter table "Notice" add column "calendarKey" uuid not null default gen_random_uuid();
create unique index "Notice_calendarKey_key" on "Notice" ("calendarKey");
