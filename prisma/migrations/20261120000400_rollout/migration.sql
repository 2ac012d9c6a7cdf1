-- The rollout of a release is read page by page, also where a million Atoms fetch it: every list of it has an index in
-- the order of its pages, account by account.

-- DropIndex
DROP INDEX "Delivery_releaseId_idx";

-- AlterTable
alter table "Delivery" add column "accountId" text;
update "Delivery" d set "accountId" = a."accountId" from "Attachment" a where a.id = d."attachmentId";
alter table "Delivery" alter column "accountId" set not null;

-- CreateIndex
CREATE INDEX "Delivery_releaseId_state_accountId_attachmentId_atomId_idx" ON "Delivery"("releaseId", "state", "accountId", "attachmentId", "atomId");

-- CreateIndex
CREATE INDEX "ReleaseTarget_releaseId_accountId_attachmentId_idx" ON "ReleaseTarget"("releaseId", "accountId", "attachmentId");

-- What the schema language cannot say.

-- What runs a release, and what ran one of a pack once.
create index "Attachment_running" on "Attachment" ("releaseId", "accountId", id) where "detachedAt" is null;
create index "Attachment_detached" on "Attachment" ("packId", "accountId", id) where "detachedAt" is not null;
create index "ReleaseTarget_early" on "ReleaseTarget" ("releaseId", "accountId", "attachmentId") where how = 'MANUAL';
