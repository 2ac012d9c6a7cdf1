-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "DemoClock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offsetMillis" BIGINT NOT NULL,

    CONSTRAINT "DemoClock_pkey" PRIMARY KEY ("id")
);

-- Business time, the same for all instances: the database's clock, moved by the settable clock of the demo.
-- Stable, so that `"nextTryAt" <= app_now()` can use an index.
create function app_now() returns timestamptz language sql stable parallel safe as $$
  select date_trunc('milliseconds', statement_timestamp())
    + coalesce((select "offsetMillis" from "DemoClock" where id = 1), 0) * interval '1 millisecond'
$$;
alter table "DemoClock" add constraint "DemoClock_one_row" check (id = 1);

-- CreateEnum
CREATE TYPE "AccountStatus" AS ENUM ('trial', 'active', 'suspended', 'deleted', 'unlimited');

-- CreateEnum
CREATE TYPE "EnvironmentSupport" AS ENUM ('BASIC', 'UNLIMITED');

-- CreateEnum
CREATE TYPE "ComponentType" AS ENUM ('process', 'webservice', 'processroute', 'certificate', 'customlibrary', 'flowservice', 'tpgroup');

-- CreateEnum
CREATE TYPE "PackType" AS ENUM ('SINGLE', 'MULTI');

-- CreateEnum
CREATE TYPE "ReleaseStatus" AS ENUM ('SCHEDULED', 'IN_PROGRESS', 'SUCCESS', 'ERROR', 'SUPERSEDED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "ReleaseTiming" AS ENUM ('IMMEDIATE', 'DATED');

-- CreateEnum
CREATE TYPE "EnvironmentClassification" AS ENUM ('PRODUCTION', 'TEST');

-- CreateEnum
CREATE TYPE "AtomType" AS ENUM ('ATOM', 'MOLECULE', 'CLOUD');

-- CreateEnum
CREATE TYPE "AtomStatus" AS ENUM ('UNKNOWN', 'ONLINE', 'WARNING', 'OFFLINE');

-- CreateEnum
CREATE TYPE "UpdatedHow" AS ENUM ('ATTACHED', 'MANUAL', 'AUTOMATIC', 'IMMEDIATE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('WAITING', 'DOWNLOADING', 'ACTIVE', 'FAILED', 'SUPERSEDED');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('USER', 'SCHEDULER');

-- CreateEnum
CREATE TYPE "AuditSource" AS ENUM ('UI', 'API', 'INTERNAL');

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "AccountStatus" NOT NULL DEFAULT 'active',
    "primaryAccountId" TEXT,
    "features" TEXT[],
    "environmentSupport" "EnvironmentSupport" NOT NULL DEFAULT 'UNLIMITED',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "firstName" TEXT NOT NULL DEFAULT '',
    "lastName" TEXT NOT NULL DEFAULT '',
    "passwordHash" TEXT NOT NULL,
    "timeZone" TEXT,
    "failedSignIns" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMPTZ(3),
    "lastSignedInAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" UUID NOT NULL,
    "accountId" TEXT,
    "name" TEXT NOT NULL,
    "defaultRole" TEXT,
    "privileges" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "userId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "roleId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("userId","accountId","roleId")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "userId" UUID NOT NULL,
    "accountId" TEXT,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Component" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "ComponentType" NOT NULL,
    "folder" TEXT NOT NULL DEFAULT '',
    "containsProcessRoute" BOOLEAN NOT NULL DEFAULT false,
    "currentRevision" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "createdByName" TEXT NOT NULL DEFAULT '',
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Component_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComponentRevision" (
    "id" UUID NOT NULL,
    "componentId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "contentId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "createdByName" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ComponentRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Content" (
    "id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Content_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContentChunk" (
    "contentId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "ContentChunk_pkey" PRIMARY KEY ("contentId","position")
);

-- CreateTable
CREATE TABLE "PackagedComponent" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "componentId" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "componentName" TEXT NOT NULL,
    "componentType" "ComponentType" NOT NULL,
    "folder" TEXT NOT NULL DEFAULT '',
    "notes" TEXT NOT NULL DEFAULT '',
    "shareable" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "createdByName" TEXT NOT NULL DEFAULT '',
    "deletedAt" TIMESTAMPTZ(3),
    "deletedByName" TEXT,

    CONSTRAINT "PackagedComponent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntegrationPack" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "PackType" NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "currentReleaseId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "createdByName" TEXT NOT NULL DEFAULT '',
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "changedByName" TEXT NOT NULL DEFAULT '',
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IntegrationPack_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PackItem" (
    "packId" UUID NOT NULL,
    "componentId" UUID NOT NULL,
    "pendingPackageId" UUID,
    "removedAt" TIMESTAMPTZ(3),
    "leavesWithReleaseId" UUID,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "PackItem_pkey" PRIMARY KEY ("packId","componentId")
);

-- CreateTable
CREATE TABLE "Release" (
    "id" UUID NOT NULL,
    "packId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "requestId" UUID NOT NULL,
    "status" "ReleaseStatus" NOT NULL,
    "timing" "ReleaseTiming" NOT NULL,
    "releaseOn" DATE,
    "timeZone" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "windowEndsAt" TIMESTAMPTZ(3) NOT NULL,
    "zoneDataVersion" TEXT,
    "scheduledById" UUID,
    "scheduledByName" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "isRollback" BOOLEAN NOT NULL DEFAULT false,
    "previousReleaseId" UUID,
    "supersededById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelledByName" TEXT,
    "cancelReason" TEXT,
    "fanOutCursor" UUID,
    "fanOutCount" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReleaseItem" (
    "releaseId" UUID NOT NULL,
    "componentId" UUID NOT NULL,
    "packageId" UUID NOT NULL,

    CONSTRAINT "ReleaseItem_pkey" PRIMARY KEY ("releaseId","componentId")
);

-- CreateTable
CREATE TABLE "AccountGroup" (
    "id" UUID NOT NULL,
    "primaryAccountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "AccountGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountGroupAccount" (
    "groupId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,

    CONSTRAINT "AccountGroupAccount_pkey" PRIMARY KEY ("groupId","accountId")
);

-- CreateTable
CREATE TABLE "AccountGroupPack" (
    "groupId" UUID NOT NULL,
    "packId" UUID NOT NULL,

    CONSTRAINT "AccountGroupPack_pkey" PRIMARY KEY ("groupId","packId")
);

-- CreateTable
CREATE TABLE "Environment" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "classification" "EnvironmentClassification" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "Environment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Atom" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "environmentId" UUID,
    "name" TEXT NOT NULL,
    "type" "AtomType" NOT NULL DEFAULT 'ATOM',
    "status" "AtomStatus" NOT NULL DEFAULT 'UNKNOWN',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "Atom_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Installation" (
    "id" UUID NOT NULL,
    "packId" UUID NOT NULL,
    "packType" "PackType" NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lastDeliveredReleaseId" UUID NOT NULL,
    "deliveredCount" INTEGER NOT NULL DEFAULT 1,
    "installedAt" TIMESTAMPTZ(3) NOT NULL,
    "installedByName" TEXT NOT NULL DEFAULT '',
    "uninstalledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" UUID NOT NULL,
    "installationId" UUID NOT NULL,
    "packId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "environmentId" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "versionNumber" INTEGER NOT NULL,
    "lastUpdatedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedHow" "UpdatedHow" NOT NULL DEFAULT 'ATTACHED',
    "attachedAt" TIMESTAMPTZ(3) NOT NULL,
    "detachedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReleaseTarget" (
    "releaseId" UUID NOT NULL,
    "attachmentId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "fromReleaseId" UUID NOT NULL,
    "fromNumber" INTEGER NOT NULL,
    "toNumber" INTEGER NOT NULL,
    "how" "UpdatedHow" NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL,
    "appliedByName" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ReleaseTarget_pkey" PRIMARY KEY ("releaseId","attachmentId")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "attachmentId" UUID NOT NULL,
    "atomId" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'WAITING',
    "cause" TEXT,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("attachmentId","atomId","releaseId")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "source" "AuditSource" NOT NULL,
    "requestId" TEXT,
    "action" TEXT NOT NULL,
    "objectType" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "userId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" BYTEA NOT NULL,
    "status" INTEGER NOT NULL,
    "body" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("userId","accountId","key")
);

-- CreateIndex
CREATE INDEX "Account_primaryAccountId_idx" ON "Account"("primaryAccountId");

-- CreateIndex
CREATE UNIQUE INDEX "Role_accountId_name_key" ON "Role"("accountId", "name");

-- CreateIndex
CREATE INDEX "Membership_accountId_idx" ON "Membership"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Component_accountId_name_idx" ON "Component"("accountId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ComponentRevision_componentId_revision_key" ON "ComponentRevision"("componentId", "revision");

-- CreateIndex
CREATE INDEX "PackagedComponent_accountId_createdAt_id_idx" ON "PackagedComponent"("accountId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PackagedComponent_componentId_version_key" ON "PackagedComponent"("componentId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "PackagedComponent_componentId_ordinal_key" ON "PackagedComponent"("componentId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "IntegrationPack_currentReleaseId_key" ON "IntegrationPack"("currentReleaseId");

-- CreateIndex
CREATE INDEX "IntegrationPack_accountId_idx" ON "IntegrationPack"("accountId");

-- CreateIndex
CREATE INDEX "PackItem_componentId_idx" ON "PackItem"("componentId");

-- CreateIndex
CREATE INDEX "PackItem_pendingPackageId_idx" ON "PackItem"("pendingPackageId");

-- CreateIndex
CREATE INDEX "Release_requestId_idx" ON "Release"("requestId");

-- CreateIndex
CREATE UNIQUE INDEX "Release_packId_sequence_key" ON "Release"("packId", "sequence");

-- CreateIndex
CREATE INDEX "ReleaseItem_packageId_idx" ON "ReleaseItem"("packageId");

-- CreateIndex
CREATE UNIQUE INDEX "AccountGroup_primaryAccountId_name_key" ON "AccountGroup"("primaryAccountId", "name");

-- CreateIndex
CREATE INDEX "AccountGroupAccount_accountId_idx" ON "AccountGroupAccount"("accountId");

-- CreateIndex
CREATE INDEX "AccountGroupPack_packId_idx" ON "AccountGroupPack"("packId");

-- CreateIndex
CREATE INDEX "Environment_accountId_idx" ON "Environment"("accountId");

-- CreateIndex
CREATE INDEX "Atom_accountId_idx" ON "Atom"("accountId");

-- CreateIndex
CREATE INDEX "Atom_environmentId_idx" ON "Atom"("environmentId");

-- CreateIndex
CREATE INDEX "Installation_accountId_idx" ON "Installation"("accountId");

-- CreateIndex
CREATE INDEX "Attachment_installationId_idx" ON "Attachment"("installationId");

-- CreateIndex
CREATE INDEX "Attachment_environmentId_idx" ON "Attachment"("environmentId");

-- CreateIndex
CREATE INDEX "ReleaseTarget_attachmentId_idx" ON "ReleaseTarget"("attachmentId");

-- CreateIndex
CREATE INDEX "Delivery_releaseId_idx" ON "Delivery"("releaseId");

-- CreateIndex
CREATE INDEX "AuditEntry_accountId_at_id_idx" ON "AuditEntry"("accountId", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_objectId_idx" ON "AuditEntry"("objectId");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_createdAt_idx" ON "IdempotencyRecord"("createdAt");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_primaryAccountId_fkey" FOREIGN KEY ("primaryAccountId") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Component" ADD CONSTRAINT "Component_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComponentRevision" ADD CONSTRAINT "ComponentRevision_componentId_fkey" FOREIGN KEY ("componentId") REFERENCES "Component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComponentRevision" ADD CONSTRAINT "ComponentRevision_contentId_fkey" FOREIGN KEY ("contentId") REFERENCES "Content"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContentChunk" ADD CONSTRAINT "ContentChunk_contentId_fkey" FOREIGN KEY ("contentId") REFERENCES "Content"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackagedComponent" ADD CONSTRAINT "PackagedComponent_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackagedComponent" ADD CONSTRAINT "PackagedComponent_componentId_fkey" FOREIGN KEY ("componentId") REFERENCES "Component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackagedComponent" ADD CONSTRAINT "PackagedComponent_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "ComponentRevision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IntegrationPack" ADD CONSTRAINT "IntegrationPack_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IntegrationPack" ADD CONSTRAINT "IntegrationPack_currentReleaseId_fkey" FOREIGN KEY ("currentReleaseId") REFERENCES "Release"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackItem" ADD CONSTRAINT "PackItem_packId_fkey" FOREIGN KEY ("packId") REFERENCES "IntegrationPack"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackItem" ADD CONSTRAINT "PackItem_componentId_fkey" FOREIGN KEY ("componentId") REFERENCES "Component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackItem" ADD CONSTRAINT "PackItem_pendingPackageId_fkey" FOREIGN KEY ("pendingPackageId") REFERENCES "PackagedComponent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_packId_fkey" FOREIGN KEY ("packId") REFERENCES "IntegrationPack"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseItem" ADD CONSTRAINT "ReleaseItem_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseItem" ADD CONSTRAINT "ReleaseItem_packageId_fkey" FOREIGN KEY ("packageId") REFERENCES "PackagedComponent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountGroup" ADD CONSTRAINT "AccountGroup_primaryAccountId_fkey" FOREIGN KEY ("primaryAccountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountGroupAccount" ADD CONSTRAINT "AccountGroupAccount_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "AccountGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountGroupAccount" ADD CONSTRAINT "AccountGroupAccount_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountGroupPack" ADD CONSTRAINT "AccountGroupPack_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "AccountGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountGroupPack" ADD CONSTRAINT "AccountGroupPack_packId_fkey" FOREIGN KEY ("packId") REFERENCES "IntegrationPack"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Environment" ADD CONSTRAINT "Environment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Atom" ADD CONSTRAINT "Atom_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Atom" ADD CONSTRAINT "Atom_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Installation" ADD CONSTRAINT "Installation_packId_fkey" FOREIGN KEY ("packId") REFERENCES "IntegrationPack"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Installation" ADD CONSTRAINT "Installation_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_installationId_fkey" FOREIGN KEY ("installationId") REFERENCES "Installation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseTarget" ADD CONSTRAINT "ReleaseTarget_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseTarget" ADD CONSTRAINT "ReleaseTarget_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseTarget" ADD CONSTRAINT "ReleaseTarget_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_atomId_fkey" FOREIGN KEY ("atomId") REFERENCES "Atom"("id") ON DELETE CASCADE ON UPDATE CASCADE;
