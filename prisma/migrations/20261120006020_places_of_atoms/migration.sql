-- Accounts with legacy deployment attach packs to Atoms: such an Atom is a place of its own, kept like an environment.

-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "placeOfAtomId" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "Environment_placeOfAtomId_accountId_key" ON "Environment"("placeOfAtomId", "accountId");

-- What the schema language cannot say.

-- The place of an Atom has the Atom's name, which an environment may have as well; and Atoms' names are longer.
drop index "Environment_name_key";
create unique index "Environment_name_key" on "Environment" ("accountId", lower(name))
  where "deletedAt" is null and "placeOfAtomId" is null;
alter table "Environment" drop constraint "Environment_name";
alter table "Environment" add constraint "Environment_name"
  check (char_length(name) between 1 and case when "placeOfAtomId" is null then 80 else 255 end);
