-- Every filter of a rollout finds its rows in the order of the list by an index, in a release of a million rows, too.

-- What runs a release, among what runs others of its pack: the releases in use are found without the pack's history.
create index "Attachment_in_use" on "Attachment" ("packId", "releaseId", "accountId", id) where "detachedAt" is null;
drop index "Attachment_running";

-- Accounts in which nothing moves, no environment is without Atom, or no Atom without a node, have nothing in the list.
create index "Account_suspended" on "Account" (id) where status in ('suspended', 'deleted');
create index "Environment_bare" on "Environment" ("accountId", id) where "atomCount" = 0 and "deletedAt" is null;
drop index "Environment_without_atom";
create index "Atom_silent" on "Atom" ("accountId", "environmentId") where "nodeCount" = 0;
drop index "Atom_without_node";
create index "Atom_silent_cloud" on "Atom" (id) where "nodeCount" = 0 and type = 'CLOUD';
