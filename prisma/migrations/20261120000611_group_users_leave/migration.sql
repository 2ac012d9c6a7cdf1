-- Users in a group are users of the primary account: whoever is none any more has left its groups, whichever way it
-- came about. Roles are changed by giving the new ones before the old ones are taken, so nobody leaves by that.
create function members_gone() returns trigger language plpgsql as $$
begin
  delete from "AccountGroupUser" u using gone, "AccountGroup" g
  where u."userId" = gone."userId" and g.id = u."groupId" and g."primaryAccountId" = gone."accountId"
    and not exists (
      select from "Membership" m where m."userId" = gone."userId" and m."accountId" = gone."accountId");
  return null;
end $$;
create trigger "Membership_gone" after delete on "Membership" referencing old table as gone
  for each statement execute function members_gone();
