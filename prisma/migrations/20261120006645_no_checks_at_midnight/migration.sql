-- A release writes each of these rows a million times at its midnight, and looking every reference up and locking it took a
-- fifth of it. They are written from the very rows that they name, in one statement, and those are kept for ever.
alter table "ReleaseTarget"
  drop constraint "ReleaseTarget_releaseId_fkey",
  drop constraint "ReleaseTarget_attachmentId_fkey";
alter table "DeployedPackage"
  drop constraint "DeployedPackage_attachmentId_fkey",
  drop constraint "DeployedPackage_packageId_fkey";

-- What an account had deployed is looked up by account, also for one package; this one only served the reference.
drop index "DeployedPackage_packageId_idx";
create index "DeployedPackage_accountId_id_idx" on "DeployedPackage" ("accountId", id);

-- So they are kept: packaged components have a trigger for it.
revoke delete on "Attachment", "Release" from packline_tenant, packline_system;
