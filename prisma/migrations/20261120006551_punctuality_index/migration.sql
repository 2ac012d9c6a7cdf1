-- A page of a publisher's latest releases is read from here, however many a midnight has sent out.
create index "Release_punctuality" on "Release" ("publisherId", "dueAt", id);
