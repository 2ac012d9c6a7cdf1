-- Somebody whom the OpenID provider knows and who is nobody here yet: what it vouched for, until they accept an invitation.

-- CreateTable
CREATE TABLE "VouchedPerson" (
    "tokenHash" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VouchedPerson_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "VouchedPerson_expiresAt_idx" ON "VouchedPerson"("expiresAt");

-- What the schema language cannot say.

-- As a sign-in that is under way it belongs to no account: tenants are granted nothing.
alter table "VouchedPerson" enable row level security, force row level security;
create policy everything on "VouchedPerson" to packline_system using (true) with check (true);
grant select, insert, update, delete on "VouchedPerson" to packline_system;
