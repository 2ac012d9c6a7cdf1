-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "createdByName" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Atom" DROP COLUMN "status",
ADD COLUMN     "createdByName" TEXT NOT NULL DEFAULT '';

-- DropEnum
DROP TYPE "AtomStatus";

-- CreateTable
CREATE TABLE "AtomNode" (
    "id" UUID NOT NULL,
    "atomId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credentialHash" BYTEA,
    "agentVersion" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "registeredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "AtomNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AtomInstallToken" (
    "id" UUID NOT NULL,
    "atomId" UUID NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdByName" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AtomInstallToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CloudAccount" (
    "atomId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "environmentId" UUID,

    CONSTRAINT "CloudAccount_pkey" PRIMARY KEY ("atomId","accountId")
);

-- CreateTable
CREATE TABLE "InstalledProcess" (
    "installationId" UUID NOT NULL,
    "componentId" UUID NOT NULL,
    "wrapperProcessId" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "InstalledProcess_pkey" PRIMARY KEY ("installationId","componentId")
);

-- CreateTable
CREATE TABLE "DeployedPackage" (
    "id" UUID NOT NULL,
    "attachmentId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "environmentId" UUID NOT NULL,
    "componentId" UUID NOT NULL,
    "packageId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deployedAt" TIMESTAMPTZ(3) NOT NULL,
    "deployedByName" TEXT NOT NULL DEFAULT '',
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeployedPackage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AtomNode_credentialHash_key" ON "AtomNode"("credentialHash");

-- CreateIndex
CREATE INDEX "AtomNode_atomId_idx" ON "AtomNode"("atomId");

-- CreateIndex
CREATE UNIQUE INDEX "AtomInstallToken_tokenHash_key" ON "AtomInstallToken"("tokenHash");

-- CreateIndex
CREATE INDEX "AtomInstallToken_atomId_idx" ON "AtomInstallToken"("atomId");

-- CreateIndex
CREATE INDEX "CloudAccount_accountId_idx" ON "CloudAccount"("accountId");

-- CreateIndex
CREATE INDEX "CloudAccount_environmentId_idx" ON "CloudAccount"("environmentId");

-- CreateIndex
CREATE UNIQUE INDEX "InstalledProcess_wrapperProcessId_key" ON "InstalledProcess"("wrapperProcessId");

-- CreateIndex
CREATE INDEX "DeployedPackage_packageId_idx" ON "DeployedPackage"("packageId");

-- CreateIndex
CREATE UNIQUE INDEX "DeployedPackage_attachmentId_componentId_version_key" ON "DeployedPackage"("attachmentId", "componentId", "version");

-- AddForeignKey
ALTER TABLE "AtomNode" ADD CONSTRAINT "AtomNode_atomId_fkey" FOREIGN KEY ("atomId") REFERENCES "Atom"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AtomInstallToken" ADD CONSTRAINT "AtomInstallToken_atomId_fkey" FOREIGN KEY ("atomId") REFERENCES "Atom"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CloudAccount" ADD CONSTRAINT "CloudAccount_atomId_fkey" FOREIGN KEY ("atomId") REFERENCES "Atom"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CloudAccount" ADD CONSTRAINT "CloudAccount_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CloudAccount" ADD CONSTRAINT "CloudAccount_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InstalledProcess" ADD CONSTRAINT "InstalledProcess_installationId_fkey" FOREIGN KEY ("installationId") REFERENCES "Installation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Deliveries are kept for each node from now on. What an Atom is known to have done before it had nodes stays, with a
-- node that has no credential and goes when the Atom registers.
insert into "AtomNode" (id, "atomId", name)
select gen_random_uuid(), a.id, a.name from "Atom" a where exists (select from "Delivery" d where d."atomId" = a.id);
alter table "Delivery" add column "nodeId" uuid, add column "attempts" integer not null default 0,
  add column "progressBytes" bigint not null default 0, add column "totalBytes" bigint not null default 0;
update "Delivery" d set "nodeId" = n.id from "AtomNode" n where n."atomId" = d."atomId";
alter table "Delivery" alter column "nodeId" set not null, drop constraint "Delivery_pkey",
  drop constraint "Delivery_atomId_fkey",
  add constraint "Delivery_pkey" primary key ("attachmentId", "nodeId", "releaseId");

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "AtomNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeployedPackage" ADD CONSTRAINT "DeployedPackage_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeployedPackage" ADD CONSTRAINT "DeployedPackage_packageId_fkey" FOREIGN KEY ("packageId") REFERENCES "PackagedComponent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "Delivery_nodeId_idx" ON "Delivery"("nodeId");

-- CreateIndex
CREATE INDEX "Delivery_atomId_idx" ON "Delivery"("atomId");

-- What the schema language cannot say.

-- Environments and Atoms: a deleted environment frees its name, Atoms of an account are told apart by theirs.
drop index "Environment_name_key";
create unique index "Environment_name_key" on "Environment" ("accountId", lower(name)) where "deletedAt" is null;
update "Atom" a set name = left(a.name, 240) || ' ' || left(a.id::text, 13)
where char_length(a.name) not between 1 and 255
  or exists (select from "Atom" o where o."accountId" = a."accountId" and lower(o.name) = lower(a.name) and o.id < a.id);
create unique index "Atom_name_key" on "Atom" ("accountId", lower(name));
alter table "Atom" add constraint "Atom_name" check (char_length(name) between 1 and 255);

-- The Atoms of an environment: its own, and the Atom Clouds of other accounts that are attached to it.
create view "EnvironmentAtom" as
  select "environmentId", "accountId", id as "atomId" from "Atom" where "environmentId" is not null
  union all
  select "environmentId", "accountId", "atomId" from "CloudAccount" where "environmentId" is not null;

-- Deliveries: what a node has still to do.
create index "Delivery_open" on "Delivery" ("nodeId") where state in ('WAITING', 'DOWNLOADING', 'FAILED');

-- Deployed packages: one active for each attachment and component.
alter table "DeployedPackage" add constraint "DeployedPackage_ended" check ("isActive" = ("endedAt" is null));
create unique index "DeployedPackage_active_key" on "DeployedPackage" ("attachmentId", "componentId") where "isActive";
create index "DeployedPackage_account" on "DeployedPackage" ("accountId", "environmentId") where "isActive";

-- What runs already.
insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", "deployedAt")
select gen_random_uuid(), a.id, a."accountId", a."environmentId", i."componentId", i."packageId", a."lastUpdatedAt"
from "Attachment" a join "ReleaseItem" i on i."releaseId" = a."releaseId"
where a."detachedAt" is null;
insert into "InstalledProcess" ("installationId", "componentId")
select distinct n.id, i."componentId" from "Installation" n
left join "Attachment" a on a."installationId" = n.id and a."detachedAt" is null
join "ReleaseItem" i on i."releaseId" in (n."lastDeliveredReleaseId", a."releaseId")
where n."packType" = 'MULTI' and n."uninstalledAt" is null;
