-- A second step for those who sign in with a password: one-time codes of a key, and recovery codes beside them.

-- CreateTable
CREATE TABLE "TwoStepSignIn" (
    "userId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "onSince" TIMESTAMPTZ(3),
    "lastStep" INTEGER,

    CONSTRAINT "TwoStepSignIn_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "userId" UUID NOT NULL,
    "codeHash" BYTEA NOT NULL,

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("userId","codeHash")
);

-- CreateTable
CREATE TABLE "SignInTicket" (
    "tokenHash" BYTEA NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignInTicket_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "SignInTicket_userId_idx" ON "SignInTicket"("userId");

-- CreateIndex
CREATE INDEX "SignInTicket_expiresAt_idx" ON "SignInTicket"("expiresAt");

-- AddForeignKey
ALTER TABLE "TwoStepSignIn" ADD CONSTRAINT "TwoStepSignIn_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "TwoStepSignIn"("userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInTicket" ADD CONSTRAINT "SignInTicket_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.

-- As other things of a person: reached by the accounts they work in.
do $$
declare
  name text;
begin
  foreach name in array array['TwoStepSignIn', 'RecoveryCode', 'SignInTicket']
  loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format('create policy everything on %I to packline_system using (true) with check (true)', name);
    execute format('create policy of_user on %I to packline_tenant using ("userId" in (select known_users()))', name);
    execute format('grant select, insert, update, delete on %I to packline_system, packline_tenant', name);
  end loop;
end $$;

-- Is the user one of another account as well, directly or by a group of its own? To be told from here on only that.
create function is_user_elsewhere(user_id uuid, account_id text) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (select from "Membership" where "userId" = user_id and "accountId" <> account_id)
    or exists (
      select from "AccountGroupUser" u join "AccountGroup" g on g.id = u."groupId"
      where u."userId" = user_id and g."primaryAccountId" <> account_id)
$$;
