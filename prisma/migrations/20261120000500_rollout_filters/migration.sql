-- What a rollout is filtered by and no index could tell: environments without an Atom, Atoms without a node, and names
-- that contain some text.

-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "atomCount" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Atom" ADD COLUMN     "nodeCount" INTEGER NOT NULL DEFAULT 0;

update "Environment" e set "atomCount" = counted.count
from (select "environmentId", count(*)::int from "EnvironmentAtom" group by "environmentId") counted
where counted."environmentId" = e.id;
update "Atom" t set "nodeCount" = counted.count
from (select "atomId", count(*)::int from "AtomNode" group by "atomId") counted where counted."atomId" = t.id;

create function count_atoms() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old."environmentId" is not null then
    update "Environment" set "atomCount" = "atomCount" - 1 where id = old."environmentId";
  end if;
  if tg_op <> 'DELETE' and new."environmentId" is not null then
    update "Environment" set "atomCount" = "atomCount" + 1 where id = new."environmentId";
  end if;
  return null;
end $$;
create trigger "Atom_counted" after insert or delete or update of "environmentId" on "Atom"
  for each row execute function count_atoms();
create trigger "CloudAccount_counted" after insert or delete or update of "environmentId" on "CloudAccount"
  for each row execute function count_atoms();

create function count_nodes() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update "Atom" set "nodeCount" = "nodeCount" - 1 where id = old."atomId";
  else
    update "Atom" set "nodeCount" = "nodeCount" + 1 where id = new."atomId";
  end if;
  return null;
end $$;
create trigger "AtomNode_counted" after insert or delete on "AtomNode"
  for each row execute function count_nodes();

create index "Environment_without_atom" on "Environment" (id) where "atomCount" = 0 and "deletedAt" is null;
create index "Atom_without_node" on "Atom" ("environmentId") where "nodeCount" = 0;

-- Every three letters in a row, in small letters: a text that contains another contains all of its threes.
create function name_threes(name text) returns text[] language sql immutable strict parallel safe as $$
  select array(select distinct substr(lower(name), at, 3) from generate_series(1, length(name) - 2) at)
$$;
create index "Account_threes" on "Account" using gin (name_threes(name || ' ' || id));
create index "Environment_threes" on "Environment" using gin (name_threes(name));
create index "Atom_threes" on "Atom" using gin (name_threes(name));
