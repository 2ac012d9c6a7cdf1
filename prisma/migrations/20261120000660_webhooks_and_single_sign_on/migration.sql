-- Sign-ins that are under way at the OpenID provider: each is used once, by the browser that began it, within minutes.
create table "SingleSignOn" (
  id uuid primary key default gen_random_uuid(),
  -- Of the cookie that the browser holds meanwhile.
  "tokenHash" bytea not null,
  state text not null,
  nonce text not null,
  "codeVerifier" text not null,
  "returnTo" text not null,
  -- Of the session this browser has until then; it ends.
  "formerTokenHash" bytea,
  "createdAt" timestamptz(3) not null default now(),
  "expiresAt" timestamptz(3) not null
);
create unique index "SingleSignOn_tokenHash_key" on "SingleSignOn" ("tokenHash");
create index "SingleSignOn_expiresAt_idx" on "SingleSignOn" ("expiresAt");

-- Addresses that an account wants to be told at.
create type "WebhookPause" as enum ('PERSON', 'FAILURES', 'GONE');
create table "Webhook" (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null references "Account" (id) on delete cascade,
  url text not null,
  description text not null default '',
  events text[] not null,
  -- Signs every delivery, so a hash of it would not do.
  secret text not null,
  "formerSecret" text,
  "formerSecretEndsAt" timestamptz(3),
  paused "WebhookPause",
  "pausedAt" timestamptz(3),
  -- The first failed attempt since the last one that succeeded.
  "failingSince" timestamptz(3),
  "lastSucceededAt" timestamptz(3),
  version integer not null default 1,
  "createdAt" timestamptz(3) not null default app_now(),
  "createdByName" text not null default '',
  "changedAt" timestamptz(3) not null default app_now(),
  "changedByName" text not null default '',
  constraint "Webhook_url" check (char_length(url) between 1 and 2000),
  constraint "Webhook_description" check (char_length(description) <= 255),
  constraint "Webhook_events" check (cardinality(events) > 0),
  constraint "Webhook_pause" check ((paused is null) = ("pausedAt" is null)),
  constraint "Webhook_former" check (("formerSecret" is null) = ("formerSecretEndsAt" is null))
);
create index "Webhook_accountId_idx" on "Webhook" ("accountId");

-- What is sent to one address about one event: one row, the same id and the same bytes at every attempt. Written with
-- the event's spreading, sent by the job. When to try is the machine's time, as everything about networks.
create type "WebhookDeliveryState" as enum ('WAITING', 'DELIVERED', 'FAILED');
create table "WebhookDelivery" (
  id uuid primary key default gen_random_uuid(),
  "webhookId" uuid not null references "Webhook" (id) on delete cascade,
  -- The event's, or one of its own for a test.
  "eventKey" text not null,
  type text not null,
  body text not null,
  state "WebhookDeliveryState" not null default 'WAITING',
  "createdAt" timestamptz(3) not null default app_now(),
  attempts integer not null default 0,
  -- Of the attempts since it was last asked for, by its event or by Send again.
  "attemptsInRun" integer not null default 0,
  "nextTryAt" timestamptz(3) not null default now(),
  "giveUpAt" timestamptz(3) not null default now() + interval '24 hours',
  -- While an instance sends it; when that instance ends in between, somebody else goes on after this.
  "leaseId" uuid,
  "leaseEndsAt" timestamptz(3),
  "lastTriedAt" timestamptz(3),
  "lastMillis" integer,
  "lastStatus" integer,
  "lastAnswer" text not null default '',
  "lastProblem" text,
  constraint "WebhookDelivery_lease" check (("leaseId" is null) = ("leaseEndsAt" is null))
);
create unique index "WebhookDelivery_once" on "WebhookDelivery" ("webhookId", "eventKey");
create index "WebhookDelivery_waiting" on "WebhookDelivery" ("webhookId", "nextTryAt", id) where state = 'WAITING';
create index "WebhookDelivery_newest" on "WebhookDelivery" ("webhookId", "createdAt" desc, id desc);
