-- How far an event has been spread over the installations of its pack; null before the first step.
alter table "Event" add column "spreadCursor" uuid;
