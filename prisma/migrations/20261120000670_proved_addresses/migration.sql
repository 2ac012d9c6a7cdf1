-- Without a mail server an administrator is shown the link of an invitation, so whoever accepted it need not be whom the
-- address belongs to. Single sign-on, which vouches for an address, must not let the two share a user.
alter table "Invitation" add column "isMailed" boolean not null default false;
alter table "User" add column "isAddressProved" boolean not null default true;
