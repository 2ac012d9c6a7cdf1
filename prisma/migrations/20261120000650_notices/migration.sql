-- What people are told, in the console and by mail.

-- The language and the conventions for dates of the browser that last signed in; null until then.
alter table "User" add column locale text;
alter table "User" add constraint "User_locale" check (char_length(locale) between 2 and 35);

create index "Event_releaseId_type_idx" on "Event" ("releaseId", type);

-- What one event tells one person in one account.
create table "Notice" (
  id uuid primary key default gen_random_uuid(),
  "eventId" uuid not null references "Event" (id) on delete cascade,
  "accountId" text not null references "Account" (id) on delete cascade,
  "userId" uuid not null references "User" (id) on delete cascade,
  at timestamptz(3) not null,
  "readAt" timestamptz(3)
);
create unique index "Notice_once" on "Notice" ("eventId", "accountId", "userId");
create index "Notice_newest" on "Notice" ("userId", "accountId", at, id);
create index "Notice_unread" on "Notice" ("userId", "accountId") where "readAt" is null;

-- Of which kinds somebody wants no mail. A kind without a row comes by mail.
create table "NoticeMailOff" (
  "userId" uuid not null references "User" (id) on delete cascade,
  kind text not null,
  primary key ("userId", kind)
);

-- Mail that is to be sent, is sent or was given up. Written with what it tells, sent by the job; times are the machine's.
create table "Mail" (
  id uuid primary key default gen_random_uuid(),
  -- One row for one thing to tell, whoever writes it how often; the Message-ID is made from it.
  key text not null,
  "toAddress" text not null,
  "toName" text not null default '',
  -- What the mail says: a notice, put into words for its reader when it is sent, or a text of its own, which may hold a
  -- one-time link and is therefore forgotten once the mail is sent or given up.
  "noticeId" uuid references "Notice" (id) on delete cascade,
  subject text,
  text text,
  html text,
  "createdAt" timestamptz(3) not null default now(),
  attempts integer not null default 0,
  "nextTryAt" timestamptz(3) not null default now(),
  "giveUpAt" timestamptz(3) not null,
  "lastError" text,
  "sentAt" timestamptz(3),
  "failedAt" timestamptz(3),
  constraint "Mail_says_something" check (
    "noticeId" is not null or "sentAt" is not null or "failedAt" is not null or (subject is not null and text is not null)),
  constraint "Mail_ended_once" check ("sentAt" is null or "failedAt" is null)
);
create unique index "Mail_key_key" on "Mail" (key);
create index "Mail_waiting" on "Mail" ("nextTryAt", id) where "sentAt" is null and "failedAt" is null;
create index "Mail_noticeId_idx" on "Mail" ("noticeId");
