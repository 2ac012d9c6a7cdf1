-- A rollout is searched for two letters as fast as for more: a search that finds nothing must not look at every row first.

-- Every two and every three letters in a row, in small letters.
-- Said to be costly, as it is: otherwise whole tables are read with it where the index finds many.
create function name_parts(name text) returns text[] language sql immutable strict parallel safe cost 1000 as $$
  select array(
    select distinct substr(lower(name), at, size) from generate_series(1, length(name) - 1) at, generate_series(2, 3) size
    where at + size - 1 <= length(name))
$$;
-- What a name that contains this text has among its parts; the text has two letters or more.
create function search_parts(search text) returns text[] language sql immutable strict parallel safe as $$
  select case when length(search) < 3 then array[lower(search)] else name_threes(search) end
$$;

drop index "Account_threes", "Environment_threes", "Atom_threes";
create index "Account_parts" on "Account" using gin (name_parts(name || ' ' || id));
create index "Environment_parts" on "Environment" using gin (name_parts(name));
create index "Atom_parts" on "Atom" using gin (name_parts(name));

-- The few Atoms whose rows are counted apart, because several nodes make one.
create index "Atom_with_nodes" on "Atom" (id) where "nodeCount" > 1;
