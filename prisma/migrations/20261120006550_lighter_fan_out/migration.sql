-- A release writes each of these rows a million times at its midnight: one index less to write to.
alter table "ReleaseTarget" drop constraint "ReleaseTarget_pkey";
alter table "ReleaseTarget" add constraint "ReleaseTarget_pkey" primary key ("attachmentId", "releaseId");
drop index "ReleaseTarget_attachmentId_idx";

-- What a release changes in an installation is in no index, so with room on the same page none is written to.
alter table "Installation" set (fillfactor = 50);
