-- An Atom that packs are attached to itself is at its own place by what the place says, not by what it says of itself.

-- DropIndex
DROP INDEX "Environment_placeOfAtomId_accountId_key";

-- CreateIndex
CREATE UNIQUE INDEX "Environment_placeOfAtomId_key" ON "Environment"("placeOfAtomId");

update "Atom" t set "environmentId" = null
from "Environment" e where e.id = t."environmentId" and e."placeOfAtomId" is not null;
update "CloudAccount" t set "environmentId" = null
from "Environment" e where e.id = t."environmentId" and e."placeOfAtomId" is not null;
update "Environment" set "atomCount" = 1 where "placeOfAtomId" is not null;

-- What the schema language cannot say.

-- An Atom is in its own place wherever it has one. A plain select, so that a look-up by environment or by Atom goes
-- straight to an index here, too.
create or replace view "EnvironmentAtom" as
  select "environmentId", "accountId", id as "atomId" from "Atom" where "environmentId" is not null
  union all
  select "environmentId", "accountId", "atomId" from "CloudAccount" where "environmentId" is not null
  union all
  select id, "accountId", "placeOfAtomId" from "Environment" where "placeOfAtomId" is not null and "deletedAt" is null;

-- Few environments are places: a release that goes out to a million others finds that out at no cost.
create index "Environment_places" on "Environment" (id) where "placeOfAtomId" is not null and "deletedAt" is null;
