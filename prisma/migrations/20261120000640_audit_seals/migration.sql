-- The audit log is sealed after the acts, so that acts never wait for one another. An entry waits here from the
-- transaction that wrote it, and is seen only once that has committed: however late, it is never passed over. No index:
-- a midnight writes a million of them, and they are read as they lie.
create table "AuditUnsealed" (
  "entryId" uuid not null,
  "accountId" text not null
) with (autovacuum_vacuum_scale_factor = 0.02);

create function await_seal() returns trigger language plpgsql as $$
begin
  insert into "AuditUnsealed" select id, "accountId" from written;
  return null;
end $$;
create trigger "AuditEntry_await_seal" after insert on "AuditEntry"
  referencing new table as written for each statement execute function await_seal();
insert into "AuditUnsealed" select id, "accountId" from "AuditEntry";

-- A seal covers some entries of an account and the seal before it: nothing of them can change unnoticed.
create table "AuditSeal" (
  "accountId" text not null,
  sequence integer not null check (sequence > 0),
  "entryCount" integer not null check ("entryCount" > 0),
  "previousHash" bytea not null check (octet_length("previousHash") = 32),
  hash bytea not null check (octet_length(hash) = 32),
  "sealedAt" timestamptz(3) not null,
  primary key ("accountId", sequence)
);
-- Which seal covers an entry, at which place, and the hash of the entry that went into it.
create table "AuditSealEntry" (
  "entryId" uuid primary key,
  "accountId" text not null,
  sequence integer not null,
  position integer not null check (position > 0),
  hash bytea not null check (octet_length(hash) = 32)
);
create unique index "AuditSealEntry_place" on "AuditSealEntry" ("accountId", sequence, position);

create trigger "AuditSeal_append_only" before update or delete on "AuditSeal"
  for each row execute function refuse_change();
create trigger "AuditSeal_kept" before truncate on "AuditSeal" for each statement execute function refuse_change();
create trigger "AuditSealEntry_append_only" before update or delete on "AuditSealEntry"
  for each row execute function refuse_change();
create trigger "AuditSealEntry_kept" before truncate on "AuditSealEntry"
  for each statement execute function refuse_change();

-- For the log's filters, newest first. Automatic updates, a million at midnight, stay out of the last two.
create index "AuditEntry_by_actor" on "AuditEntry" ("accountId", "actorId", at, id) where "actorId" is not null;
create index "AuditEntry_by_action" on "AuditEntry" ("accountId", action, at, id)
  where action not in ('as.ipack UPDATE AUTOMATIC', 'as.ipack UPDATE IMMEDIATE');
create index "AuditEntry_by_object" on "AuditEntry" ("accountId", "objectType", at, id)
  where action not in ('as.ipack UPDATE AUTOMATIC', 'as.ipack UPDATE IMMEDIATE');
