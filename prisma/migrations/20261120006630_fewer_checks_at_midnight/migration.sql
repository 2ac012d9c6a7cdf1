-- A release writes each of these rows a million times at its midnight, and each reference is looked up and locked anew.
-- Left out is the one that cannot lead nowhere: the attachment refers to the same account itself.
alter table "ReleaseTarget" drop constraint "ReleaseTarget_accountId_fkey";
